import type { AnyDefinition, ExtensionSource } from '../extension/instance.ts'
import { findExtensions, loadExtension } from './load.ts'
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
    const { definitions, dirs, log } = this.#options
    const sources = new Map<string, ExtensionSource>()
    for (const [name, definition] of Object.entries(definitions)) {
      sources.set(name, { name, definition, config: {} })
    }
    for (const dir of dirs) {
      this.#reloads?.addDir(dir)
      for (const { name, folder } of await findExtensions(dir)) {
        if (sources.has(name)) continue
        this.#reloads?.add(name, folder)
        try {
          const onImport = (path: string) => this.#reloads?.onImport(name, path)
          sources.set(name, await this.#runAs(name, () => loadExtension(name, folder, onImport)))
        } catch (error) {
          if (needed.has(name)) throw error
          log.warn({ extension: name, err: error }, 'An extension that nobody names does not load')
        }
      }
    }
    return [...sources.values()]
  }

  /** Loads an extension anew when one of its files changes, or did since `load`. */
  watch(replace: Replace): void {
    this.#reloads?.begin(replace)
  }

  close(): void {
    this.#reloads?.close()
  }
}
