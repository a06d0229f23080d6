import type { SFSValue } from '../sfs-values.ts'
import { variable } from './rows.ts'
import { listOf, row, shapes } from './shape.ts'

/** A buddy variable; names that start with `$` outlive the owner's session. */
export interface BuddyVariableRow {
  readonly name: string
  readonly type: number
  readonly value: SFSValue
}

/** An entry of a buddy list; the id is -1 while the buddy is offline. */
export interface BuddyRow {
  readonly id: number
  readonly name: string
  readonly isBlocked: boolean
  readonly variables: readonly BuddyVariableRow[]
  readonly isTemporary?: boolean
}

export const buddyVariableRow = row<BuddyVariableRow>('buddy variable', variable)

export const buddyRow = row<BuddyRow>(
  'buddy',
  {
    id: shapes.int,
    name: shapes.utfString,
    isBlocked: shapes.bool,
    variables: listOf(buddyVariableRow),
  },
  { cells: { isTemporary: shapes.bool } },
)
