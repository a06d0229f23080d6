import { int, sfsObject, utfString } from '../fields.ts'
import { generic, system } from '../message.ts'
import { oneOf } from '../rare-shapes.ts'
import { field, opt, shapes } from '../shape.ts'

const message = utfString('m')
const parting = opt(message)

const announcement = {
  message,
  params: opt(sfsObject('p')),
  mode: int('rm'),
  target: opt(field(oneOf<number | string>({ number: shapes.int, string: shapes.utfString }), 'rc')),
}

/** To speak with authority, and to send users away. */
export const moderationRequests = {
  ModeratorMessage: generic(2, announcement),
  AdminMessage: generic(3, announcement),
  KickUser: system(24, { userId: int('u'), delaySeconds: int('d'), message: parting }),
  BanUser: system(25, {
    userId: int('u'),
    delaySeconds: int('d'),
    mode: int('b'),
    hours: int('dh'),
    message: parting,
  }),
} as const
