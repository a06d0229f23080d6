import { type FSWatcher, watch } from 'node:fs'
import { join, sep } from 'node:path'

/** Who is told of changes. */
export interface WatchOwner {
  /** @param path  what changed, below the folder as that was given */
  onChange(path: string): void
  /** The folder can no longer be watched. */
  onError(folder: string, error: Error): void
}

/** Tells of files that change in folders. */
export class FileWatch {
  readonly #owner: WatchOwner
  readonly #watchers = new Map<string, FSWatcher>()

  constructor(owner: WatchOwner) {
    this.#owner = owner
  }

  /** Watches a folder and everything below, but for packages. */
  addTree(folder: string): void {
    this.#add(`tree ${folder}`, folder, true)
  }

  /** Watches the files of a folder, not those below. */
  addFolder(folder: string): void {
    this.#add(`folder ${folder}`, folder, false)
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  #add(key: string, folder: string, recursive: boolean): void {
    if (this.#watchers.has(key)) return
    try {
      const watcher = watch(folder, { recursive }, (_event, file) => {
        if (file === null || file.split(sep).includes('node_modules')) return
        this.#owner.onChange(join(folder, file))
      })
      watcher.on('error', error => this.#owner.onError(folder, error))
      watcher.unref()
      this.#watchers.set(key, watcher)
    } catch (error) {
      this.#owner.onError(folder, error instanceof Error ? error : new Error(String(error)))
    }
  }
}
