import { bool, utfString } from '../fields.ts'
import { system } from '../message.ts'
import { buddyVariableRow } from '../rows.ts'
import { field, listOf } from '../shape.ts'

const buddyName = utfString('bn')

/** To keep a buddy list. */
export const buddyRequests = {
  InitBuddyList: system(200, {}),
  AddBuddy: system(201, { buddyName }),
  BlockBuddy: system(202, { buddyName, isBlocked: bool('bs') }),
  RemoveBuddy: system(203, { buddyName }),
  SetBuddyVariables: system(204, { variables: field(listOf(buddyVariableRow), 'bv') }),
  GoOnline: system(205, { isOnline: bool('o') }),
} as const
