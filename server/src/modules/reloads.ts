import { realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import type { ExtensionSource } from '../extension/instance.ts'
import { loadExtension } from './load.ts'
import { FileWatch } from './watch.ts'

/** Puts a new version in the place of those that run. @returns how many of it run now, and how many do not start */
export type Replace = (
  source: ExtensionSource,
) => Promise<{ readonly started: number; readonly failed: number }>

/** Runs work of an extension. */
export type RunAs = <T>(extension: string, work: () => T) => T

/** Where reloads are told of. */
export interface ReloadLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Editors write a file in several steps; this long nothing must change before an extension is loaded anew. */
const QUIET_MILLIS = 100

/** An extension whose files are watched. */
interface Watched {
  readonly name: string
  readonly folder: string
  /** The same without links, as modules have it. */
  readonly realFolder: string
  /** Files outside of its folder that it imports, or did. */
  readonly imports: Set<string>
  timer: NodeJS.Timeout | undefined
  /** The last of its reloads; they follow each other. */
  work: Promise<void>
}

/** Loads extensions anew when a file of theirs changes: one of their folder, or one outside that they import. */
export class Reloads {
  readonly #log: ReloadLog
  readonly #runAs: RunAs
  readonly #watch: FileWatch
  readonly #watched = new Map<string, Watched>()
  readonly #ready = Promise.withResolvers<Replace>()

  constructor(log: ReloadLog, runAs: RunAs) {
    this.#log = log
    this.#runAs = runAs
    this.#watch = new FileWatch({
      onChange: path => this.#changed(path),
      onError: (folder, error) => log.warn({ folder, err: error }, 'A folder is not watched for changes'),
    })
  }

  /** Watches a folder with extensions. As a whole, so that one of them may go and come back. */
  addDir(dir: string): void {
    this.#watch.addTree(dir)
  }

  /** Watches an extension. Changes are kept until `begin`. */
  add(name: string, folder: string): void {
    const realFolder = realpathSync(folder)
    const idle = { timer: undefined, work: Promise.resolve() }
    this.#watched.set(name, { name, folder, realFolder, imports: new Set(), ...idle })
    if (realFolder !== folder) this.#watch.addTree(realFolder)
  }

  /** An extension imports a file. */
  onImport(name: string, path: string): void {
    const watched = this.#watched.get(name)
    if (watched === undefined || isBelow(watched.realFolder, path)) return
    watched.imports.add(path)
    this.#watch.addFolder(dirname(path))
  }

  /** From now on what changed is loaded. */
  begin(replace: Replace): void {
    this.#ready.resolve(replace)
  }

  close(): void {
    this.#watch.close()
    for (const { timer } of this.#watched.values()) clearTimeout(timer)
    this.#watched.clear()
  }

  #changed(path: string): void {
    for (const watched of this.#watched.values()) {
      const { folder, realFolder, imports } = watched
      if (!imports.has(path) && !isBelow(folder, path) && !isBelow(realFolder, path)) continue
      clearTimeout(watched.timer)
      watched.timer = setTimeout(() => {
        watched.work = watched.work.then(() => this.#reload(watched))
      }, QUIET_MILLIS)
      watched.timer.unref()
    }
  }

  async #reload({ name, folder }: Watched): Promise<void> {
    const replace = await this.#ready.promise
    if (!this.#watched.has(name)) return
    const fields = { extension: name }
    try {
      const onImport = (path: string) => this.onImport(name, path)
      const source = await this.#runAs(name, () => loadExtension(name, folder, onImport))
      const { started, failed } = await replace(source)
      if (failed === 0) this.#log.info({ ...fields, running: started }, CHANGED)
      else this.#log.error({ ...fields, running: started, failed }, NOT_STARTED)
    } catch (error) {
      this.#log.error({ ...fields, err: error }, NOT_LOADED)
    }
  }
}

const CHANGED = 'An extension changed and was loaded anew'
const NOT_LOADED = 'An extension changed and does not load; the old one goes on'
const NOT_STARTED = 'An extension changed and does not start; the old one goes on there'

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep)
}
