import type { SFSValue } from '@warren/codec'
import { checkChanges } from '../variable.ts'

/** A value under a name that belongs to an item. */
export interface ItemVariable {
  readonly name: string
  /** NULL once it is deleted: those who come to see the item later are told of that too [observed]. */
  readonly value: SFSValue
}

/** The variables of an item. Only the server sets them. */
export class ItemVariables {
  readonly #variables = new Map<string, ItemVariable>()

  /** The value under a name; undefined when there never was one, NULL when it was deleted. */
  get(name: string): SFSValue | undefined {
    return this.#variables.get(name)?.value
  }

  [Symbol.iterator](): IterableIterator<ItemVariable> {
    return this.#variables.values()
  }

  /** @throws RequestError variables-invalid */
  apply(changes: readonly ItemVariable[]): void {
    checkChanges(changes)
    for (const change of changes) this.#variables.set(change.name, change)
  }
}
