import * as Controller from '../controllers.ts'
import { int, intArray, sfsObject, utfString } from '../fields.ts'
import { generic } from '../message.ts'
import { opt, orElse } from '../shape.ts'

const params = opt(sfsObject('p'))
const roomId = int('r')
const message = utfString('m')

/** To say something to users and extensions. */
export const talkRequests = {
  PublicMessage: generic(0, { roomId, userId: opt(int('u')), message, params }),
  PrivateMessage: generic(1, { recipientId: int('rc'), message, params }),
  ObjectMessage: generic(4, { roomId, params: sfsObject('p'), recipientIds: opt(intArray('rc')) }),
  CallExtension: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: { command: utfString('c'), roomId: orElse(roomId, -1), params: sfsObject('p') },
  },
} as const
