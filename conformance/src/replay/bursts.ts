import type { Occurrence } from './differences.ts'
import type { Step } from './trace.ts'

type EventStep = Extract<Step, { kind: 'event' }>
type Reordered = Extract<Occurrence, { kind: 'reordered' }>

/** The events that one client expects, in the order of the requests that they answer. */
export interface Ordered {
  readonly events: readonly EventStep[]
  /** Those that thereby have another place than in the recording, each with what declares it. */
  readonly moved: ReadonlyMap<EventStep, Occurrence>
}

/**
 * Puts the answers to bursts of requests, which the recorded server shuffled, into the order of the requests. The
 * first of them is then expected when the first of the recording came, and so on.
 */
export function inRequestOrder(events: readonly EventStep[], differences: readonly Occurrence[]): Ordered {
  const bursts = differences.filter((one): one is Reordered => one.kind === 'reordered')
  const ordered = [...events]
  const moved = new Map<EventStep, Occurrence>()
  for (const burst of bursts) {
    const isOfBurst = ({ index }: EventStep) => burst.step <= index && index <= burst.last
    const own = events.filter(isOfBurst)
    const sorted = own.toSorted((a, b) => burst.rank(a.packet.params) - burst.rank(b.packet.params))
    const places = events.flatMap((event, place) => (isOfBurst(event) ? [place] : []))
    for (const [number, place] of places.entries()) {
      const [recorded, expected] = [own[number], sorted[number]]
      if (recorded === undefined || expected === undefined || recorded === expected) continue
      const event = { ...expected, at: recorded.at }
      ordered[place] = event
      moved.set(event, burst)
    }
  }
  return { events: ordered, moved }
}
