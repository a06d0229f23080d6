import { type FSWatcher, watch } from 'node:fs'
import { sep } from 'node:path'

/** Editors write a file in several steps; this long nothing must change before a folder counts as changed. */
const QUIET_MILLIS = 100

/** Tells of folders whose files changed. */
export class FolderWatch {
  readonly #watchers: FSWatcher[] = []
  readonly #timers = new Map<string, NodeJS.Timeout>()

  /**
   * Watches a folder and everything below.
   * @param onChange  called once for changes that come together
   * @param onError  called when the folder can no longer be watched
   */
  add(folder: string, onChange: () => void, onError: (error: Error) => void): void {
    const watcher = watch(folder, { recursive: true }, (_event, file) => {
      if (file?.split(sep).includes('node_modules') === true) return
      clearTimeout(this.#timers.get(folder))
      const timer = setTimeout(() => {
        this.#timers.delete(folder)
        onChange()
      }, QUIET_MILLIS)
      timer.unref()
      this.#timers.set(folder, timer)
    })
    watcher.on('error', onError)
    watcher.unref()
    this.#watchers.push(watcher)
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close()
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#watchers.length = 0
    this.#timers.clear()
  }
}
