import { int, intArray } from '../fields.ts'
import { itemRow, itemVariableRow } from '../item-rows.ts'
import { system } from '../message.ts'
import { byteArray, double } from '../rare-fields.ts'
import { userRow } from '../rows.ts'
import { field, listOf, opt } from '../shape.ts'

const roomId = int('r')

/** Who and what is in sight in an MMO room. */
export const mmoMessages = {
  ProximityUpdate: system(30, {
    addedUsers: opt(field(listOf(userRow), 'p')),
    addedItems: opt(field(listOf(itemRow), 'q')),
    roomId,
    removedUserIds: opt(intArray('m')),
    removedItemIds: opt(intArray('n')),
  }),
  SetMMOItemVariables: system(1007, {
    roomId,
    variables: field(listOf(itemVariableRow), 'v'),
    itemId: int('i'),
  }),
  Positions: system(2001, {
    block: byteArray('b'),
    intervalMillis: opt(int('i')),
    roomId,
    step: opt(double('s')),
  }),
} as const
