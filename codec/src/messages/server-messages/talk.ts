import * as Controller from '../controllers.ts'
import { int, sfsObject, utfString } from '../fields.ts'
import { userRow } from '../rows.ts'
import { field, opt } from '../shape.ts'
import { said, saying } from './talk-fields.ts'

/** What users and extensions say. */
export const talkMessages = {
  PublicMessage: saying(0, { ...said, roomId: int('r') }),
  PrivateMessage: saying(1, { ...said, sender: opt(field(userRow, 'sd')) }),
  ObjectMessage: saying(4, { params: sfsObject('p'), roomId: said.roomId, userId: said.userId }),
  ExtensionResponse: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: { params: sfsObject('p'), roomId: opt(int('r')), command: utfString('c') },
  },
} as const
