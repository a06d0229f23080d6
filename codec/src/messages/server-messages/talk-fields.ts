import { int, sfsObject, utfString } from '../fields.ts'
import { generic, type MessageData } from '../message.ts'
import { type FieldTable, opt, orElse } from '../shape.ts'

/** In this order they are written. */
const ORDER = ['p', 'sd', 'r', 't', 'u', 'm']

/** What somebody says, and where. */
export const said = {
  params: opt(sfsObject('p')),
  roomId: orElse(int('r'), -1),
  userId: int('u'),
  message: utfString('m'),
}

/** A message in which somebody says something. */
export const saying = <F extends FieldTable>(t: number, fields: F): MessageData<F> =>
  generic(t, fields, ORDER)
