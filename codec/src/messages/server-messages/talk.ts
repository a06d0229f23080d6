import { int, sfsObject, utfString } from '../fields.ts'
import { Controller, generic } from '../message.ts'
import { userRow } from '../rows.ts'
import { field, opt } from '../shape.ts'
import { message, ORDER, params, roomId, senderId } from './talk-fields.ts'

/** What users and extensions say. */
export const talkMessages = {
  PublicMessage: generic(0, { params, roomId: int('r'), userId: senderId, message }, ORDER),
  PrivateMessage: generic(
    1,
    { params, sender: opt(field(userRow, 'sd')), roomId, userId: senderId, message },
    ORDER,
  ),
  ObjectMessage: generic(4, { params: sfsObject('p'), roomId, userId: senderId }, ORDER),
  ExtensionResponse: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: { params: sfsObject('p'), roomId: opt(int('r')), command: utfString('c') },
  },
} as const
