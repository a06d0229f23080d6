import { encodeObject, framePacket, PacketFlags, SFSObject } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { noise } from './reconstructed-large.ts'
import type { Reconstruction } from './reconstruction.ts'
import type { Packet, Step } from './trace.ts'
import { fromTyped, type Typed, type TypedObject } from './typed.ts'

const TRACE = 'i01_protocol_abuse_tcp'
const CLIENT = 'T'
const PLAIN = PacketFlags.BINARY
const BIG = PacketFlags.BINARY | PacketFlags.BIG_SIZED
const NOTHING: Typed = { t: 'SFS_OBJECT', v: {} }

const text = (characters: string): Uint8Array => new TextEncoder().encode(characters)
const join = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => [...part]))

/** A ping with other types of `c` and `a`. */
function ping(controller: Typed, action: Typed): Uint8Array {
  return encodeObject(fromTyped({ c: controller, a: action, p: NOTHING }))
}

const PING = ping({ t: 'BYTE', v: 0 }, { t: 'SHORT', v: 29 })

/** Bytes as they are, with or without sense as a packet. */
const raw = (step: number, at: number, body: Uint8Array): Step => ({
  index: step,
  at,
  kind: 'bytes',
  client: CLIENT,
  flags: undefined,
  body,
})

/** A recorded packet, with bytes that the recorder's decoding lost. Their number was recorded. */
function body(step: number, what: string, bytes: Uint8Array): Reconstruction {
  const make = (recorded: Step): readonly Step[] => {
    const known = recorded.kind === 'request' ? recorded.packet.length : bytes.length
    if (known !== bytes.length) throw new Error(`Step ${step} has ${known} bytes, not ${bytes.length}`)
    return [raw(step, recorded.at, framePacket(bytes, PLAIN))]
  }
  return { trace: TRACE, step, place: 'instead', what, make }
}

/** Bytes that the recorder told of in a note before the login; they went out after the answer to it. */
function sent(
  note: number,
  login: number,
  what: string,
  ...writes: readonly (() => Uint8Array)[]
): Reconstruction {
  const make = ({ at }: Step) => writes.map((write, index) => raw(note, at + index * PAUSE, write()))
  return { trace: TRACE, step: login, place: 'after', what, make }
}

/** Milliseconds between the parts of a packet that was sent in parts. */
const PAUSE = 70

/** Something that the server sent and that the recorder did not write down as a packet. */
function event(
  step: number,
  what: string,
  packet: Pick<Packet, 'controller' | 'action' | 'params' | 'flags'>,
): Reconstruction {
  const whole: Packet = { ...packet, envelope: ['p', 'a', 'c'], oddParams: undefined, length: 0 }
  return {
    trace: TRACE,
    step,
    place: 'instead',
    what,
    make: ({ at }) => [{ index: step, at, kind: 'event', client: CLIENT, packet: whole }],
  }
}

const LEVELS = 501
const KEY = 'n'

/** Objects in objects, each the only value of the next. */
function nested(levels: number): TypedObject {
  let object: TypedObject = {}
  for (let level = 0; level < levels; level++) object = { [KEY]: { t: 'SFS_OBJECT', v: object } }
  return object
}

/** The bytes of `nested`, written by hand: nothing here writes values that no reader takes. */
function nestedCall(): Uint8Array {
  const call = encodeObject(
    fromTyped({
      c: { t: 'BYTE', v: 1 },
      a: { t: 'SHORT', v: 13 },
      p: { t: 'SFS_OBJECT', v: { c: { t: 'UTF_STRING', v: 'echo' }, r: { t: 'INT', v: -1 }, p: NOTHING } },
    }),
  )
  const level = [0, 1, KEY.charCodeAt(0), 0x12, 0, 1]
  const levels = Array.from({ length: LEVELS }, () => level).flat()
  // The innermost object is empty: the counts move one place out.
  return join(call.subarray(0, -2), [0, 1], levels.slice(0, -2), [0, 0])
}

const HUGE = 600_000
const NEARLY_TOO_LARGE = 499_900
const BOMB = 5 * 1024 * 1024

function echoPacket(count: number): Uint8Array {
  const bytes = Buffer.from(noise(count), 'hex')
  const call = new SFSObject().putUtfString('c', 'echo').putInt('r', -1)
  call.putSFSObject('p', new SFSObject().putByteArray('b', bytes))
  return framePacket(encodeObject(new SFSObject().putByte('c', 1).putShort('a', 13).putSFSObject('p', call)))
}

function bomb(): Uint8Array {
  const plain = encodeObject(new SFSObject().putByteArray('b', new Uint8Array(BOMB)))
  return framePacket(zlibCompression.deflate(plain), PLAIN | PacketFlags.COMPRESSED)
}

/** What `i01` tells of. */
export const PROTOCOL_ABUSE: readonly Reconstruction[] = [
  body(37, 'the action is an INT, as step 32 says', ping({ t: 'BYTE', v: 0 }, { t: 'INT', v: 29 })),
  body(47, 'the action is a BYTE, as step 42 says', ping({ t: 'BYTE', v: 0 }, { t: 'BYTE', v: 29 })),
  body(67, 'the controller is an INT, as step 62 says', ping({ t: 'INT', v: 0 }, { t: 'SHORT', v: 29 })),
  body(
    280,
    'an array of 8 bytes with one value; that it is an INT is made up',
    join([0x11, 0, 1, 4, 0, 0, 0, 1]),
  ),
  body(300, 'a ping and three bytes more, which are made up', join(PING, [1, 2, 3])),
  body(
    508,
    'a key twice in 6 bytes more; that it is p is made up',
    join([0x12, 0, 4], PING.subarray(3), [0, 1, 0x70, 0x12, 0, 0]),
  ),
  {
    trace: TRACE,
    step: 387,
    place: 'instead',
    what: 'a ping with the four bytes of length that its flags say',
    make: ({ at }) => [raw(387, at, join([BIG, 0, 0, 0, PING.length], PING))],
  },
  sent(
    393,
    397,
    'a ping in three parts, header byte, length and body; the time between them is made up',
    () => Uint8Array.of(PLAIN),
    () => Uint8Array.of(0, PING.length),
    () => PING,
  ),
  sent(416, 420, 'a call of echo with 499,900 bytes, which are made up', () => echoPacket(NEARLY_TOO_LARGE)),
  sent(424, 428, 'a call of echo with 600,000 bytes; all but their number is made up', () =>
    echoPacket(HUGE),
  ),
  sent(431, 435, 'the header of a packet and that length', () => Uint8Array.of(BIG, 0x7f, 0xff, 0xff, 0xff)),
  sent(438, 442, 'the header of a packet and that length', () => Uint8Array.of(BIG, 0xff, 0xff, 0xff, 0xff)),
  sent(447, 451, 'a compressed body of 5 MiB; that it is an array of zeros is made up', bomb),
  {
    trace: TRACE,
    step: 461,
    place: 'instead',
    what: `a call of echo with ${LEVELS} objects in each other: as many as make 3,050 bytes`,
    make: ({ at }) => [raw(461, at, framePacket(nestedCall()))],
  },
  event(462, 'the same objects, compressed', {
    flags: PLAIN | PacketFlags.COMPRESSED,
    controller: 1,
    action: 13,
    params: { c: { t: 'UTF_STRING', v: 'echo' }, p: { t: 'SFS_OBJECT', v: nested(LEVELS) } },
  }),
  sent(467, 467, 'a request for a policy file', () => text('<policy-file-request/>\0')),
  event(468, 'a policy file, which is no packet', {
    flags: 0,
    controller: undefined,
    action: undefined,
    params: {},
  }),
  event(470, 'the answer to a ping, recorded as text', {
    flags: PLAIN,
    controller: 0,
    action: 29,
    params: {},
  }),
  sent(473, 473, 'a request of HTTP; all but its method is made up', () =>
    text('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  ),
]
