import { int, sfsObject, utfString } from '../fields.ts'
import { Controller, generic } from '../message.ts'
import { userRow } from '../rows.ts'
import { field, opt, orElse } from '../shape.ts'

const params = opt(sfsObject('p'))
const roomId = orElse(int('r'), -1)
const senderId = int('u')
const message = utfString('m')

const moderation = { params, sender: field(userRow, 'sd'), roomId, userId: opt(senderId), message }

const ORDER = ['p', 'sd', 'r', 't', 'u', 'm']

/** What users, moderators and extensions say. */
export const talkMessages = {
  PublicMessage: generic(0, { params, roomId: int('r'), userId: senderId, message }, ORDER),
  PrivateMessage: generic(
    1,
    { params, sender: opt(field(userRow, 'sd')), roomId, userId: senderId, message },
    ORDER,
  ),
  ModeratorMessage: generic(2, moderation, ORDER),
  AdminMessage: generic(3, moderation, ORDER),
  ObjectMessage: generic(4, { params: sfsObject('p'), roomId, userId: senderId }, ORDER),
  BuddyMessage: generic(5, { params, roomId, userId: senderId, message }, ORDER),
  ExtensionResponse: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: { params: sfsObject('p'), roomId: opt(int('r')), command: utfString('c') },
  },
} as const
