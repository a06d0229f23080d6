import { bool, int, long, sfsObject, utfString } from '../fields.ts'
import { system } from '../message.ts'
import { opt } from '../shape.ts'

/** Of the line, the login, and what keeps both. */
export const sessionRequests = {
  Handshake: system(0, {
    apiVersion: utfString('api'),
    clientType: opt(utfString('cl')),
    isBinary: opt(bool('bin')),
    reconnectionToken: opt(utfString('rt')),
    keptBytes: opt(int('wr')),
    receivedPackets: opt(long('wc')),
    positionFormat: opt(int('wp')),
  }),
  Login: system(1, {
    zoneName: utfString('zn'),
    userName: utfString('un'),
    password: utfString('pw'),
    params: opt(sfsObject('p')),
  }),
  Logout: system(2, {}),
  ManualDisconnection: system(26, {}),
  PingPong: system(29, {}),
  Acknowledge: system(2000, { count: long('n') }),
} as const
