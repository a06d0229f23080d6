import { encodeObject, framePacket, PacketFlags, SFSArray, SFSObject } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'

/** A packet that no client sends. */
export interface OddPacket {
  readonly what: string
  readonly bytes: Uint8Array
}

/** A request that is always answered, on any line: a handshake. */
export function greeting(): SFSObject {
  return envelope(0, 0, new SFSObject().putUtfString('api', '1.8.6').putUtfString('cl', 'Conformance'))
}

/** A request without parameters that is answered to anybody, if the last one is a second ago. */
export function ping(): SFSObject {
  return envelope(0, 29, new SFSObject())
}

function envelope(controller: number, action: number, params: SFSObject): SFSObject {
  return new SFSObject().putByte('c', controller).putShort('a', action).putSFSObject('p', params)
}

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')
const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex')
const COMPRESSED = PacketFlags.BINARY | PacketFlags.COMPRESSED
const BOMB_BYTES = 50 * 1024 * 1024

function packet(what: string, body: Uint8Array | SFSObject, flags?: number): OddPacket {
  return { what, bytes: framePacket(body instanceof SFSObject ? encodeObject(body) : body, flags) }
}

/** An envelope whose `p` holds one key `k` with these bytes as type and value. */
function withValue(value: string): Uint8Array {
  return hex(
    `12 0003 0001 ${ascii('c')} 02 00 0001 ${ascii('a')} 03 001d 0001 ${ascii('p')} 12 0001 0001 ${ascii('k')} ${value}`,
  )
}

function nested(depth: number): SFSObject {
  let object = new SFSObject()
  for (let n = 0; n < depth; n++) object = new SFSObject().putSFSObject('o', object)
  return object
}

/** Packets that cost their sender nothing but themselves: ignored, and the line goes on. */
export const IGNORED: readonly OddPacket[] = [
  packet('an empty body', new Uint8Array()),
  packet('garbage', hex('deadbeef0102')),
  packet('an array at the root', hex('11 0000')),
  packet('a body that ends too early', encodeObject(ping()).subarray(0, 12)),
  packet('an unknown type', withValue('63 00')),
  packet('a class instance', withValue('13 00')),
  packet('a BOOL that is neither', withValue('01 02')),
  packet('a string that is no UTF-8', withValue('08 0002 c328')),
  packet('a key that is no UTF-8', hex('12 0001 0002 c328 00')),
  packet('a string longer than the body', withValue('08 7fff 61')),
  packet('a text of four gigabytes', withValue('14 ffffffff 61')),
  packet('a byte array of two gigabytes', withValue('0a 7fffffff 00')),
  packet('an array with more elements than bytes', withValue('0c ffff 00000001')),
  packet('a list with more elements than bytes', withValue('11 ffff')),
  packet('an object with more keys than bytes', withValue('12 ffff')),
  packet('500 objects inside each other', envelope(0, 29, nested(500))),
  packet('an unknown controller', envelope(7, 4, new SFSObject())),
  packet('an unknown action', envelope(0, 9999, new SFSObject())),
  packet('a negative action', envelope(0, -1, new SFSObject())),
  packet('an unknown kind of message', envelope(0, 7, new SFSObject().putByte('t', 99))),
  packet('no controller', new SFSObject().putShort('a', 29).putSFSObject('p', new SFSObject())),
  packet('no action', new SFSObject().putByte('c', 0).putSFSObject('p', new SFSObject())),
  packet('a controller that is a SHORT', ping().putShort('c', 0)),
  packet('an action that is an INT', ping().putInt('a', 29)),
  packet('an action that is a BYTE', ping().putByte('a', 29)),
  packet('parameters that are a list', ping().putSFSArray('p', new SFSArray())),
  packet('an extension call without anything', envelope(1, 13, new SFSObject())),
  packet('a body that says it is compressed and is not', hex('00112233'), COMPRESSED),
  packet('a compressed body that ends too early', deflated(encodeObject(ping())).subarray(0, 8), COMPRESSED),
  packet('a body that inflates to 50 MB', deflated(new Uint8Array(BOMB_BYTES)), COMPRESSED),
]

/** Packets that are odd and still say what they want: a ping, and it is answered. */
export const ANSWERED: readonly OddPacket[] = [
  packet('bytes after the object', Buffer.concat([encodeObject(ping()), hex('deadbeef')])),
  packet('keys that nobody knows', ping().putInt('zz', 1).putUtfString('', 'x')),
  packet(
    'the action twice',
    hex(
      `12 0004 0001 ${ascii('c')} 02 00 0001 ${ascii('a')} 03 0001 0001 ${ascii('a')} 03 001d 0001 ${ascii('p')} 12 0000`,
    ),
  ),
  packet('no parameters', new SFSObject().putByte('c', 0).putShort('a', 29)),
  packet('a header without the binary flag', ping(), 0x00),
  packet('a header with reserved bits', ping(), 0x87),
  packet('a header that says it came through the tunnel', ping(), 0x90),
  packet('a small compressed body', deflated(encodeObject(ping())), COMPRESSED),
  { what: 'a small body with a long length', bytes: longLength(encodeObject(ping())) },
]

/** A packet that says it is encrypted, on a line without a key. */
export const ENCRYPTED = framePacket(encodeObject(ping()), PacketFlags.BINARY | PacketFlags.ENCRYPTED)

function deflated(body: Uint8Array): Uint8Array {
  return zlibCompression.deflate(body)
}

/** The header of a packet whose length takes four bytes. */
export function longHeader(length: number): Uint8Array {
  const header = Buffer.alloc(5)
  header[0] = PacketFlags.BINARY | PacketFlags.BIG_SIZED
  header.writeUInt32BE(length, 1)
  return header
}

function longLength(body: Uint8Array): Uint8Array {
  return Buffer.concat([longHeader(body.length), body])
}
