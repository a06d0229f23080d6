import { buddyRow, buddyVariableRow } from '../buddy-rows.ts'
import { bool, byte, int, utfString, utfStringArray } from '../fields.ts'
import { system } from '../message.ts'
import { field, listOf, opt } from '../shape.ts'
import { said, saying } from './talk-fields.ts'

const buddyName = utfString('bn')

/** The buddy list. */
export const buddyMessages = {
  InitBuddyList: system(200, {
    states: opt(utfStringArray('bs')),
    variables: field(listOf(buddyVariableRow), 'mv'),
    buddies: field(listOf(buddyRow), 'bl'),
  }),
  AddBuddy: system(201, { buddy: field(buddyRow, 'bn') }),
  BlockBuddy: system(202, { isBlocked: bool('bs'), buddy: opt(field(buddyRow, 'bd')), buddyName }),
  RemoveBuddy: system(203, { buddyName }),
  SetBuddyVariables: system(204, { variables: field(listOf(buddyVariableRow), 'bv'), buddyName }),
  GoOnline: system(205, { userId: int('bi'), buddyName, state: byte('o') }),
  BuddyMessage: saying(5, said),
} as const
