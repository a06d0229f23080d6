import { isComplete } from '../generator/step.ts'
import { percent, whole } from '../table.ts'
import type { LoadReport } from './load-report.ts'
import { duration } from './units.ts'

/** Share of a core from which on a worker may have been the limit. */
const BUSY = 0.95
/** Cores that others may take before that is worth a note. */
const DISTURBED = 0.1
/** Operations that leave so late, in microseconds, are worth a note. */
const LATE = 5000

/** What whoever reads the figures has to know. */
export function notesOf({
  main,
  knee,
  options,
}: Pick<LoadReport, 'main' | 'knee' | 'options'>): readonly string[] {
  const { measured, count, closed } = main
  const notes: string[] = []
  const add = (isSo: boolean, note: string) => {
    if (isSo) notes.push(note)
  }
  const faults = Object.entries(count).filter(
    ([name, value]) => name !== 'expected' && name !== 'delivered' && value > 0,
  )
  add(
    faults.length > 0,
    `Not every delivery was right: ${faults.map(([name, value]) => `${whole(value)} ${name}`).join(', ')}.`,
  )
  add(closed.length > 0, `${closed.length} lines were closed or refused; the first: ${closed[0]}.`)
  add(main.aborted, 'The load was given up: too much was under way, the server is slower than the rate.')
  add(
    isComplete(main) && main.latency.p99 > options.limit * 1000,
    `The 99th percentile is above ${options.limit} ms: this rate does not count as sustained.`,
  )
  add(
    main.busiestWorker > BUSY,
    `A worker was busy for ${percent(main.busiestWorker)} of its core: the generator may have been the limit. Try more --workers.`,
  )
  add(
    main.lateness > LATE,
    `Operations left up to ${duration(main.lateness)} late (p99). The wait is part of the latencies, as it should be, but some of it is the generator's.`,
  )
  add(
    measured.otherCpu / measured.seconds > DISTURBED,
    `Other processes took ${percent(measured.otherCpu / measured.seconds)} of a core meanwhile.`,
  )
  add(
    main.cpuPerDelivery === null,
    'The CPU of the server is not known: give --pid or --metrics to have it read.',
  )
  add(knee !== null && knee.rate === null, 'Not even the lowest rate that was tried was sustained.')
  return notes
}
