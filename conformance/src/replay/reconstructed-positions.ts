import type { Reconstruction } from './reconstruction.ts'
import type { Step } from './trace.ts'

const TRACE = 'h10_aoi_boundary_float_50ms'

/** Numbers that the recorder's notation does not have. */
export const ODD_POSITIONS: readonly Reconstruction[] = [
  { trace: TRACE, step: 156, place: 'instead', what: 'the x that is no number', make: withX(Number.NaN) },
  {
    trace: TRACE,
    step: 158,
    place: 'instead',
    what: 'the x that is endless',
    make: withX(Number.POSITIVE_INFINITY),
  },
]

function withX(x: number): (recorded: Step) => readonly Step[] {
  return recorded => {
    if (recorded.kind !== 'request') return [recorded]
    const v = { t: 'FLOAT_ARRAY', v: [x, 0, 0] } as const
    return [{ ...recorded, packet: { ...recorded.packet, params: { ...recorded.packet.params, v } } }]
  }
}
