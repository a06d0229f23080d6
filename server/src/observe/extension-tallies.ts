import type { ExtensionTally } from '../extension/parts.ts'

/** What the extensions did, by name. */
export class ExtensionTallies {
  readonly #tallies = new Map<string, ExtensionTally>()

  /** The tally of an extension; it stays when the extension goes. */
  of(extension: string): ExtensionTally {
    let tally = this.#tallies.get(extension)
    if (tally === undefined) {
      tally = { runs: 0, busyMillis: 0, faults: new Map() }
      this.#tallies.set(extension, tally)
    }
    return tally
  }

  [Symbol.iterator](): IterableIterator<[string, ExtensionTally]> {
    return this.#tallies.entries()
  }
}
