import { PROTOCOL_ABUSE } from './reconstructed-abuse.ts'
import { LARGE_MESSAGES } from './reconstructed-large.ts'
import { ODD_POSITIONS } from './reconstructed-positions.ts'
import type { Reconstruction } from './reconstruction.ts'
import type { Trace } from './trace.ts'

/** Everything that is replayed as it must have been rather than as it was recorded. */
export const RECONSTRUCTIONS: readonly Reconstruction[] = [
  ...PROTOCOL_ABUSE,
  ...LARGE_MESSAGES,
  ...ODD_POSITIONS,
]

/** The trace with what its recorder told of as steps. They keep the number of the step that tells of them. */
export function reconstruct(trace: Trace): Trace {
  const own = RECONSTRUCTIONS.filter(one => one.trace === trace.name)
  if (own.length === 0) return trace
  const steps = trace.steps.flatMap(step => {
    const found = own.filter(one => one.step === step.index)
    const instead = found.find(one => one.place === 'instead')
    const after = found.filter(one => one.place === 'after')
    return [
      ...(instead === undefined ? [step] : instead.make(step, trace)),
      ...after.flatMap(one => one.make(step, trace)),
    ]
  })
  return { ...trace, steps }
}
