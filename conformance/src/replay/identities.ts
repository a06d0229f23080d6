/** What the server numbers or names as it likes: equal in two runs only up to renaming. */
export type IdKind = 'user' | 'room' | 'token' | 'invitation' | 'item'

type Id = number | string

/**
 * Which identity of the recording is which of this run. One to one: two identities of one run never meet the same
 * one of the other.
 */
export class Identities {
  readonly #actual = new Map<string, Id>()
  readonly #recorded = new Map<string, Id>()
  readonly #log: { readonly actualKey: string; readonly recordedKey: string }[] = []

  /** Takes both as the same. @returns whether that agrees with what is known. */
  bind(kind: IdKind, recorded: Id, actual: Id): boolean {
    if (isNobody(recorded) || isNobody(actual)) return recorded === actual
    const recordedKey = keyOf(kind, recorded)
    const actualKey = keyOf(kind, actual)
    const known = this.#actual.get(recordedKey)
    if (known !== undefined) return known === actual
    if (this.#recorded.has(actualKey)) return false
    this.#actual.set(recordedKey, actual)
    this.#recorded.set(actualKey, recorded)
    this.#log.push({ actualKey, recordedKey })
    return true
  }

  /**
   * What an identity that a client names is in this run. One that the server never gave out stays as it is, unless
   * this run uses it for another: then it becomes one that nobody has.
   */
  translate(kind: IdKind, recorded: Id): Id {
    const known = this.#actual.get(keyOf(kind, recorded))
    if (known !== undefined || isNobody(recorded)) return known ?? recorded
    if (!this.#recorded.has(keyOf(kind, recorded))) return recorded
    return typeof recorded === 'number' ? recorded + 1_000_000 : `${recorded}?`
  }

  /** A mark to go back to. */
  mark(): number {
    return this.#log.length
  }

  /** Forgets what was bound since the mark. */
  reset(mark: number): void {
    for (const { actualKey, recordedKey } of this.#log.splice(mark)) {
      this.#recorded.delete(actualKey)
      this.#actual.delete(recordedKey)
    }
  }
}

/** A number and a text that looks like it are two: requests of a wrong type stay wrong. */
function keyOf(kind: IdKind, id: Id): string {
  return `${kind}:${typeof id}:${id}`
}

/** Negative ids mean none or all, on every server. */
function isNobody(id: Id): boolean {
  return typeof id === 'number' && id < 0
}
