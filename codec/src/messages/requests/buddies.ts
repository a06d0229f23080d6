import { buddyVariableRow } from '../buddy-rows.ts'
import { bool, int, sfsObject, utfString } from '../fields.ts'
import { generic, system } from '../message.ts'
import { field, listOf, opt } from '../shape.ts'

const buddyName = utfString('bn')

/** To keep a buddy list, and to talk with those on it. */
export const buddyRequests = {
  BuddyMessage: generic(5, { recipientId: int('rc'), message: utfString('m'), params: opt(sfsObject('p')) }),
  InitBuddyList: system(200, {}),
  AddBuddy: system(201, { buddyName }),
  BlockBuddy: system(202, { buddyName, isBlocked: bool('bs') }),
  RemoveBuddy: system(203, { buddyName }),
  SetBuddyVariables: system(204, { variables: field(listOf(buddyVariableRow), 'bv') }),
  GoOnline: system(205, { isOnline: bool('o') }),
} as const
