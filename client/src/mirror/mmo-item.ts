import type { ItemRow, Vec3 } from '@warren/codec'
import { Variables } from './variable.ts'

/** A thing on the map of an MMO room, which this client sees. Only the server changes it. */
export class MMOItem {
  readonly id: number
  /** Where it came into view; undefined in rooms that do not tell. */
  readonly aoiEntryPoint: Vec3 | undefined
  readonly variables: Variables = new Variables()

  /** @internal */
  constructor({ id, variables, entryPoint }: ItemRow) {
    this.id = id
    this.aoiEntryPoint = entryPoint
    this.variables.apply(variables)
  }
}
