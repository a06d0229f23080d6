import type { Random } from './random.ts'

/** Bytes at which decoders break: limits of counts and lengths, type codes, beginnings of UTF-8 sequences. */
const TELLING = [
  0, 1, 2, 8, 0x0a, 0x10, 0x11, 0x12, 0x13, 0x14, 0x7f, 0x80, 0xa0, 0xc0, 0xe2, 0xed, 0xf4, 0xff,
]
const MAX_BYTES = 4096

type Change = (random: Random, bytes: Uint8Array, corpus: readonly Uint8Array[]) => Uint8Array

const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

const changes: readonly Change[] = [
  (random, bytes) => bytes.with(random.below(bytes.length), random.below(256)),
  (random, bytes) => bytes.with(random.below(bytes.length), random.pick(TELLING)),
  (random, bytes) => {
    const at = random.below(bytes.length)
    return bytes.with(at, (bytes[at] as number) ^ (1 << random.below(8)))
  },
  (random, bytes) => bytes.slice(0, random.below(bytes.length)),
  (random, bytes) => {
    const at = random.below(bytes.length)
    return join(bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8)))
  },
  (random, bytes) => {
    const at = random.below(bytes.length)
    return join(bytes.subarray(0, at), Uint8Array.of(random.pick(TELLING)), bytes.subarray(at))
  },
  (random, bytes) => {
    const from = random.below(bytes.length)
    const part = bytes.subarray(from, from + 1 + random.below(64))
    const times = Array.from({ length: 1 + random.below(16) }, () => part)
    return join(bytes.subarray(0, from), ...times, bytes.subarray(from))
  },
  (random, bytes, corpus) => {
    const other = random.pick(corpus)
    return join(bytes.subarray(0, random.below(bytes.length)), other.subarray(random.below(other.length)))
  },
]

/** One input: a member of the corpus with some changes, or now and then plain noise. */
export function mutated(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  if (random.below(50) === 0) return Uint8Array.from({ length: random.below(200) }, () => random.below(256))
  let bytes = random.pick(corpus)
  for (let left = random.below(6); left >= 0 && bytes.length > 0; left--) {
    bytes = random.pick(changes)(random, bytes, corpus).subarray(0, MAX_BYTES)
  }
  return bytes
}
