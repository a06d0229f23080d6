import type { SFSValue } from '../sfs-values.ts'
import { entryPoint, isPrivate, variable } from './rows.ts'
import { listOf, row, shapes, type Vec3 } from './shape.ts'

/** A variable of an MMO item. The last position is always false on the wire. */
export interface ItemVariableRow {
  readonly name: string
  readonly type: number
  readonly value: SFSValue
  readonly isPrivate: boolean
}

/** An item of an MMO room. */
export interface ItemRow {
  readonly id: number
  readonly variables: readonly ItemVariableRow[]
  readonly entryPoint?: Vec3
}

export const itemVariableRow = row<ItemVariableRow>('item variable', variable, {
  cells: { isPrivate },
  fallback: { isPrivate: false },
})

export const itemRow = row<ItemRow>(
  'item',
  { id: shapes.int, variables: listOf(itemVariableRow) },
  entryPoint,
)
