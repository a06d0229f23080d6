import type { Reconstruction } from './reconstruction.ts'
import type { Packet, Trace } from './trace.ts'
import type { Typed, TypedObject } from './typed.ts'

const TRACE = 'i05_large_messages_and_compression_threshold'
const NOTE = /^sent body (\d+) -> /
const CUT = /^([0-9a-f]*)…\((\d+) chars\)$/
/** Bytes of such a request beside what it carries. */
const AROUND = 52

/** A call of `echo` with an array of bytes; whole as it travels, before any compression. */
export function echoOf(bytes: string): Packet {
  return {
    flags: 0x80,
    envelope: ['c', 'a', 'p'],
    controller: 1,
    action: 13,
    params: {
      c: { t: 'UTF_STRING', v: 'echo' },
      r: { t: 'INT', v: -1 },
      p: { t: 'SFS_OBJECT', v: { b: { t: 'BYTE_ARRAY', v: bytes } } },
    },
    oddParams: undefined,
    length: AROUND + bytes.length / 2,
  }
}

/** Bytes in hexadecimal that no compression makes shorter; the same in every run. */
export function noise(count: number): string {
  const bytes = new Uint8Array(count)
  let state = 0x9e3779b9
  for (let index = 0; index < count; index++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[index] = state >>> 11
  }
  return Buffer.from(bytes).toString('hex')
}

/**
 * A large request that stands in the trace as a note after its echo, which was cut. Known are the length of its body
 * and, from the echo, that it was a call of `echo` with an array of bytes, the array's length and its first bytes.
 * Made up are the bytes after those, and that it was sent right after the answer to the login.
 */
function large(login: number, note: number, echo?: number): Reconstruction {
  return {
    trace: TRACE,
    step: login,
    place: 'after',
    what: `the request of ${note}; ${echo === undefined ? 'all' : 'most'} of its bytes are made up`,
    make: ({ at }, trace) => {
      const length = Number(NOTE.exec(noteOf(trace, note))?.[1])
      const start = echo === undefined ? '' : echoedStart(trace, echo, length - AROUND)
      const bytes = start + noise(length - AROUND - start.length / 2)
      return [{ index: note, at, kind: 'request', client: 'T', packet: echoOf(bytes) }]
    },
  }
}

function noteOf(trace: Trace, index: number): string {
  const step = trace.steps[index]
  if (step?.kind !== 'note') throw new Error(`Step ${index} of ${trace.name} is no note`)
  return step.text
}

/** The bytes that the recorder kept of an echo. */
function echoedStart(trace: Trace, index: number, count: number): string {
  const step = trace.steps[index]
  const params = step?.kind === 'event' ? (step.packet.params.p?.v as TypedObject | undefined) : undefined
  const cut = CUT.exec(String((params?.b as Typed | undefined)?.v))
  if (Number(cut?.[2]) !== 2 * count) throw new Error(`Step ${index} of ${trace.name} echoes another length`)
  return cut?.[1] ?? ''
}

/** The large requests of `i05`: after which login, told of by which note, echoed at which step. */
export const LARGE_MESSAGES: readonly Reconstruction[] = [
  large(3, 5, 4),
  large(10, 12, 11),
  large(17, 19, 18),
  large(24, 26, 25),
  large(31, 33, 32),
  large(38, 40, 39),
  large(45, 47),
  large(51, 53),
]
