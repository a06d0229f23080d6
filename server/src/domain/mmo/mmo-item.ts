import type { Vec3 } from '@warren/codec'
import { typedValue, type VariableInput } from '../typed-value.ts'
import { type ItemVariable, ItemVariables } from './item-variables.ts'

/** Values by name, as the server gives them to an item; null deletes. */
export type ItemVariableInputs = Readonly<Record<string, VariableInput>>

/** Where an item is deployed. */
export interface ItemHome {
  positionOf(item: MmoItem): Vec3 | undefined
  remove(item: MmoItem): void
  /** Tells those who see the item. */
  variablesChanged(item: MmoItem, changes: readonly ItemVariable[]): void
}

/**
 * Something in an MMO room that is no user: a barrel, a bonus, a shot. Users who come near it see it, with its
 * variables; only the server changes it. Extend it for what only the server should know.
 *
 * @example
 * class LaserBeam extends MmoItem {
 *   constructor(readonly owner: User) {
 *     super({ model: 'laser' })
 *   }
 * }
 * api.mmo.setItemPosition(room, new LaserBeam(user), { x: 10, y: 20 })
 */
export class MmoItem {
  /** What clients know of it. */
  readonly variables = new ItemVariables()
  #id = -1
  #home: ItemHome | undefined

  /** @throws RequestError variables-invalid */
  constructor(variables: ItemVariableInputs = {}) {
    const changes = changesOf(variables)
    if (changes.length > 0) this.variables.apply(changes)
  }

  /** Unique on this server and never used again while it runs; -1 until it is put somewhere. */
  get id(): number {
    return this.#id
  }

  /** The map that it is on now. */
  get home(): ItemHome | undefined {
    return this.#home
  }

  /** For the map that takes the item, or lets it go. */
  settle(home: ItemHome | undefined, nextId: () => number): void {
    this.#home = home
    if (this.#id === -1) this.#id = nextId()
  }
}

/** The changes that are meant, with typed values. @throws TypeError for NaN and infinities */
export function changesOf(variables: ItemVariableInputs): ItemVariable[] {
  return Object.entries(variables).map(([name, value]) => ({ name, value: typedValue(value) }))
}
