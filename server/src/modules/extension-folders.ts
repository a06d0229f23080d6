import type { AnyDefinition, ExtensionSource } from '../extension/instance.ts'
import { findExtensions, type LoadedExtension, loadExtension } from './load.ts'
import { FolderWatch } from './watch.ts'

/** Where extensions come from. */
export interface FolderOptions {
  readonly dirs: readonly string[]
  readonly definitions: Readonly<Record<string, AnyDefinition>>
  readonly log: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
}

/** All extensions of the configured folders. */
export class ExtensionFolders {
  readonly #options: FolderOptions
  readonly #watch = new FolderWatch()
  readonly #loaded: LoadedExtension[] = []

  constructor(options: FolderOptions) {
    this.#options = options
  }

  /**
   * Loads them.
   * @param needed  names that must load; others are passed over with a warning if they do not
   * @throws ExtensionLoadError
   */
  async load(needed: ReadonlySet<string>): Promise<ExtensionSource[]> {
    const sources = new Map<string, ExtensionSource>()
    for (const dir of this.#options.dirs) {
      for (const { name, folder } of await findExtensions(dir)) {
        if (sources.has(name)) continue
        try {
          const loaded = await loadExtension(name, folder)
          this.#loaded.push(loaded)
          sources.set(name, loaded)
        } catch (error) {
          if (needed.has(name)) throw error
          this.#options.log.warn(
            { extension: name, err: error },
            'An extension that nobody names does not load',
          )
        }
      }
    }
    for (const [name, definition] of Object.entries(this.#options.definitions)) {
      sources.set(name, { name, definition, config: {} })
    }
    return [...sources.values()]
  }

  /** Loads an extension anew when one of its files changes. One that does not load leaves the old one in place. */
  watch(replace: (source: ExtensionSource) => Promise<number>): void {
    const { log } = this.#options
    for (const { name, folder } of this.#loaded) {
      let work = Promise.resolve()
      const reload = async () => {
        try {
          const running = await replace(await loadExtension(name, folder))
          log.info({ extension: name, running }, 'An extension changed and was loaded anew')
        } catch (error) {
          log.error(
            { extension: name, err: error },
            'An extension changed and does not load; the old one goes on',
          )
        }
      }
      this.#watch.add(
        folder,
        () => {
          work = work.then(reload)
        },
        error => log.warn({ extension: name, err: error }, 'An extension is no longer watched for changes'),
      )
    }
  }

  close(): void {
    this.#watch.close()
  }
}
