import { int, utfStringArray } from '../fields.ts'
import { matchRow } from '../match-rows.ts'
import { system } from '../message.ts'
import { field, listOf, nullable, opt, record } from '../shape.ts'
import { roomSettings } from './room-settings.ts'

/** To make a room, at once or when there is none that fits. */
export const roomCreationRequests = {
  CreateRoom: system(6, roomSettings),
  QuickJoinOrCreateRoom: system(31, {
    expression: opt(field(nullable(listOf(matchRow)), 'me')),
    groupIds: utfStringArray('gl'),
    settings: field(record(roomSettings), 'rs'),
    roomIdToLeave: opt(int('tl')),
  }),
} as const
