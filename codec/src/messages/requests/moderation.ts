import { int, utfString } from '../fields.ts'
import { system } from '../message.ts'
import { opt } from '../shape.ts'

const message = opt(utfString('m'))

/** To send users away. */
export const moderationRequests = {
  KickUser: system(24, { userId: int('u'), delaySeconds: int('d'), message }),
  BanUser: system(25, {
    userId: int('u'),
    delaySeconds: int('d'),
    mode: int('b'),
    hours: int('dh'),
    message,
  }),
} as const
