import { PacketFlags } from '@warren/codec'
import type { Mismatch } from './compare.ts'
import type { Occurrence } from './differences.ts'
import type { Step } from './trace.ts'

/** What is around a message: the flags of its header and the length of its body as it travels. */
interface Envelope {
  readonly flags: number
  readonly length: number
}

/** What became of a comparison. */
export interface EnvelopesCompared {
  readonly mismatch?: Mismatch
  /** Declared differences that showed. */
  readonly shown: readonly Occurrence[]
}

/** Compares header flags and, of a compressed body, its length with the recorded ones. */
export function compareEnvelopes(
  step: Extract<Step, { kind: 'event' }>,
  received: Envelope,
  differences: readonly Occurrence[],
): EnvelopesCompared {
  const shown: Occurrence[] = []
  const { flags, length } = step.packet
  if (flags !== received.flags) {
    const declared = differences.find(
      one => one.kind === 'flags' && one.step === step.index && one.flags === received.flags,
    )
    if (declared === undefined)
      return { mismatch: { path: 'flags', recorded: flags, actual: received.flags }, shown }
    shown.push(declared)
  }
  // The length of a body that is not compressed says no more than its values do.
  const isCompressed = (flags & PacketFlags.COMPRESSED) !== 0
  if (!isCompressed || length === undefined || length === received.length) return { shown }
  const off = Math.abs(length - received.length)
  const declared = differences.find(
    one => one.kind === 'length' && one.step <= step.index && step.index <= one.last && off <= one.by,
  )
  if (declared === undefined)
    return { mismatch: { path: 'length', recorded: length, actual: received.length }, shown }
  return { shown: [...shown, declared] }
}
