import { int, intArray, sfsObject, utfString } from '../fields.ts'
import { Controller, generic } from '../message.ts'
import { field, oneOf, opt, orElse, shapes } from '../shape.ts'

const params = opt(sfsObject('p'))
const roomId = int('r')
const message = utfString('m')

const moderation = {
  message,
  params,
  mode: int('rm'),
  target: opt(field(oneOf<number | string>({ number: shapes.int, string: shapes.utfString }), 'rc')),
}

/** To say something to users, or to extensions. */
export const talkRequests = {
  PublicMessage: generic(0, { roomId, userId: opt(int('u')), message, params }),
  PrivateMessage: generic(1, { recipientId: int('rc'), message, params }),
  ModeratorMessage: generic(2, moderation),
  AdminMessage: generic(3, moderation),
  ObjectMessage: generic(4, { roomId, params: sfsObject('p'), recipientIds: opt(intArray('rc')) }),
  BuddyMessage: generic(5, { recipientId: int('rc'), message, params }),
  CallExtension: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: { command: utfString('c'), roomId: orElse(roomId, -1), params: sfsObject('p') },
  },
} as const
