import type { AnyDefinition, ExtensionSource } from '../extension/instance.ts'
import { ExtensionLoadError, findExtensions, loadExtension } from './load.ts'
import { type ReloadLog, Reloads, type Replace, type RunAs } from './reloads.ts'

/** Where extensions come from. */
export interface FolderOptions {
  readonly dirs: readonly string[]
  readonly definitions: Readonly<Record<string, AnyDefinition>>
  /** Changes of files are watched, from `load` on. */
  readonly watch: boolean
  readonly log: ReloadLog
  /** Runs what loads an extension, where somebody outside sees whose work it starts. */
  readonly runAs?: RunAs
}

/** All extensions of the configured folders. */
export class ExtensionFolders {
  readonly #options: FolderOptions
  readonly #reloads: Reloads | undefined
  readonly #runAs: RunAs

  constructor(options: FolderOptions) {
    this.#options = options
    this.#runAs = options.runAs ?? ((_name, work) => work())
    this.#reloads = options.watch ? new Reloads(options.log, this.#runAs) : undefined
  }

  /**
   * Loads them. Those that the configuration defines itself come first, and win over folders of their name.
   * @param needed  names that must load; others are passed over with a warning if they do not
   * @throws ExtensionLoadError
   */
  async load(needed: ReadonlySet<string>): Promise<ExtensionSource[]> {
    const { sources, failures } = await this.tryLoad()
    for (const error of failures) {
      const { extension } = error
      if (needed.has(extension)) throw error
      this.#options.log.warn({ extension, err: error }, 'An extension that nobody names does not load')
    }
    return sources
  }

  /** Loads those that can be loaded. */
  async tryLoad(): Promise<{ readonly sources: ExtensionSource[]; readonly failures: ExtensionLoadError[] }> {
    const { definitions, dirs } = this.#options
    const sources = Object.entries(definitions).map(
      ([name, definition]): ExtensionSource => ({ name, definition, config: {} }),
    )
    const failures: ExtensionLoadError[] = []
    const taken = new Set(Object.keys(definitions))
    for (const dir of dirs) {
      this.#reloads?.addDir(dir)
      for (const { name, folder } of await findExtensions(dir)) {
        if (taken.has(name)) continue
        try {
          sources.push(await this.#loadOne(name, folder))
          taken.add(name)
        } catch (error) {
          if (!(error instanceof ExtensionLoadError)) throw error
          failures.push(error)
        }
      }
    }
    return { sources, failures }
  }

  #loadOne(name: string, folder: string): Promise<ExtensionSource> {
    this.#reloads?.add(name, folder)
    return this.#runAs(name, () => loadExtension(name, folder, path => this.#reloads?.onImport(name, path)))
  }

  /** Loads an extension anew when one of its files changes, or did since `load`. */
  watch(replace: Replace): void {
    this.#reloads?.begin(replace)
  }

  close(): void {
    this.#reloads?.close()
  }
}
