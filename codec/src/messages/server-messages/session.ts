import { bool, byte, int, long, sfsObject, short, utfString } from '../fields.ts'
import { system } from '../message.ts'
import { roomRow } from '../rows.ts'
import { field, listOf, opt } from '../shape.ts'

/** Of the line, the login, and what keeps both. */
export const sessionMessages = {
  Handshake: system(0, {
    compressionThreshold: int('ct'),
    maxMessageBytes: int('ms'),
    token: utfString('tk'),
    isAdminPasswordHashed: opt(bool('aph')),
    keptBytes: opt(int('wr')),
    receivedPackets: opt(long('wc')),
    positionFormat: opt(int('wp')),
  }),
  Login: system(1, {
    reconnectionSeconds: short('rs'),
    zoneName: utfString('zn'),
    userName: utfString('un'),
    privilegeId: short('pi'),
    rooms: field(listOf(roomRow), 'rl'),
    userId: int('id'),
    params: opt(sfsObject('p')),
  }),
  Logout: system(2, { zoneName: utfString('zn') }),
  PingPong: system(29, {}),
  ClientDisconnection: system(1005, { reason: byte('dr') }),
  ReconnectionFailure: system(1006, {}),
  Acknowledge: system(2000, { count: long('n') }),
} as const
