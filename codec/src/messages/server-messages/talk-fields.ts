import { int, sfsObject, utfString } from '../fields.ts'
import { opt, orElse } from '../shape.ts'

/** What somebody says, and where: fields that stand in more than one message. */
export const params = opt(sfsObject('p'))
export const roomId = orElse(int('r'), -1)
export const senderId = int('u')
export const message = utfString('m')

/** In this order they are written. */
export const ORDER = ['p', 'sd', 'r', 't', 'u', 'm']
