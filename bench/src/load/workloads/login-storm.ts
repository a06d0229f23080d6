import { machineMicros } from '../../generator/clock.ts'
import { dialectOf } from '../../generator/dialects.ts'
import { ReadBuffer } from '../../generator/line.ts'
import type { Assignment, Workload } from '../workload.ts'
import { Rounds } from './rounds.ts'

/** Clients who connect, log in and are gone again; a login counts from when its connection was due. */
export async function loginStorm({ target, share }: Assignment): Promise<Workload> {
  const dialect = await dialectOf(target.dialect)
  const buffer = new ReadBuffer()
  const rounds = new Rounds(share, machineMicros, ({ due }) => {
    dialect.open(target, buffer).then(
      ({ line }) => {
        rounds.answered(due)
        // A close would leave the port taken for a minute, and there are not enough of them.
        line.cut()
      },
      (error: unknown) => rounds.failed(error instanceof Error ? error.message : String(error)),
    )
  })
  return {
    meter: rounds.meter,
    closed: rounds.failures,
    open: async () => {},
    load: (plan, start, onEdge) => rounds.load(plan, start, onEdge),
    settle: (_, silence) => rounds.settle(silence),
    figures: () => ({}),
  }
}
