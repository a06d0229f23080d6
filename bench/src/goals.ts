import type { CaseName } from './aoi-cases.ts'
import { atLeast, atMost, type Goal } from './goal.ts'
import { mmoGoals } from './mmo-goals.ts'
import type { BenchResults } from './results.ts'

const KIB = 1024
const BOTH_WAYS = 'encode + decode'
/** How much faster than the official client, and how slow beside msgpackr. */
const CODEC_GOALS = { both: { least: 60, most: 1 }, each: { least: 40, most: 1.2 } }

/** The goals for which this run has the figures. */
export function goalsOf(results: BenchResults): Goal[] {
  return [
    ...chatGoals(results),
    ...cpuGoals(results),
    ...es3Goals(results),
    ...callGoals(results),
    ...idleGoals(results),
    ...codecGoals(results),
    ...sdkGoals(results),
    ...aoiGoals(results),
    ...mmoGoals(results.mmo),
  ]
}

function chatGoals({ sustained }: BenchResults): Goal[] {
  const rateOf = (server: string, clients: number) =>
    sustained.find(
      row =>
        row.server === server && row.clients === clients && row.transport === 'WebSocket' && row.limit === 50,
    )?.rate
  return [100, 1000].flatMap(clients => {
    const warren = rateOf('Warren', clients)
    const colyseus = rateOf('Colyseus', clients)
    if (warren === undefined || !colyseus) return []
    return atLeast(`chat, ${clients} clients: at least 3.5 x Colyseus`, warren / colyseus, 3.5, ' x')
  })
}

function cpuGoals({ cpu }: BenchResults): Goal[] {
  return cpu
    .filter(row => row.server === 'Warren')
    .flatMap(row => {
      const where = `${row.transport}, ${row.clients} clients, ${row.rate.toLocaleString('en')} deliveries/s`
      if (row.rate === 600_000) {
        return atMost(`${where}: CPU at most 1.0 us a delivery`, row.microseconds, 1, ' us')
      }
      const floor = cpu.find(
        other =>
          other.server !== 'Warren' &&
          other.transport === row.transport &&
          other.clients === row.clients &&
          other.rate === row.rate,
      )
      if (!floor) return []
      return atMost(`${where}: CPU at most 1.3 x the floor`, floor.ratio, 1.3, ' x')
    })
}

function es3Goals({ es3 }: BenchResults): Goal[] {
  return es3
    .filter(row => row.server === 'ES3')
    .flatMap(row => {
      const where = `ElectroServer 3 over ${row.transport}, ${row.clients} clients, ${row.rate.toLocaleString('en')} deliveries/s`
      return atMost(`${where}: CPU at most 1.5 x SFS2X over WebSocket`, 1 / row.ratio, 1.5, ' x')
    })
}

function callGoals({ calls }: BenchResults): Goal[] {
  return calls
    .filter(row => row.call === 'typed' || row.call === 'raw')
    .flatMap(row =>
      atMost(
        `${row.transport}, ${row.depth} under way, ${row.call} call: CPU at most 1.5 x a public message`,
        row.ratio,
        1.5,
        ' x',
      ),
    )
}

function idleGoals({ idle }: BenchResults): Goal[] {
  const warren = idle.find(row => row.server === 'Warren')
  const floor = idle.find(row => row.server.startsWith('floor'))
  if (!warren || !floor) return []
  const over = (warren.perSession - floor.perSession) / KIB
  return atMost('idle session: at most 4 KiB over the floor', over, 4, ' KiB')
}

function codecGoals({ codec }: BenchResults): Goal[] {
  return codec
    .filter(row => row.codec === 'Warren')
    .flatMap(row => {
      const of = (name: string) =>
        codec.find(other => other.codec === name && other.operation === row.operation)?.microseconds
      const client = of('sfs2x-api')
      const msgpackr = of('msgpackr')
      const { least, most } = row.operation === BOTH_WAYS ? CODEC_GOALS.both : CODEC_GOALS.each
      return [
        ...(client
          ? atLeast(
              `${row.operation}: at least ${least} x the official client`,
              client / row.microseconds,
              least,
              ' x',
            )
          : []),
        ...(msgpackr
          ? atMost(
              `${row.operation}: at most ${most} x the time of msgpackr`,
              row.microseconds / msgpackr,
              most,
              ' x',
            )
          : []),
      ]
    })
}

function sdkGoals({ sdk }: BenchResults): Goal[] {
  return sdk
    .filter(row => row.client === 'Warren')
    .flatMap(row => {
      const what = `client library, ${row.transport}: at least 5 x less CPU a message than sfs2x-api`
      return atLeast(what, row.ratio, 5, ' x')
    })
}

function aoiGoals({ aoi }: BenchResults): Goal[] {
  const medianOf = (key: CaseName) => aoi.find(row => row.key === key)?.median ?? Number.NaN
  if (aoi.length === 0) return []
  return [
    ...atMost('10,000 users, all move: at most 8 ms a tick', medianOf('middle'), 8, ' ms'),
    ...atLeast(
      'of them every tenth moves: at least 5 x less',
      medianOf('middle') / medianOf('tenth'),
      5,
      ' x',
    ),
    ...atMost(
      '100,000 users: at most 150 x what 1,000 cost',
      medianOf('large') / medianOf('small'),
      150,
      ' x',
    ),
    ...atMost(
      '10,000 on one spot: at most 5 x what they cost with the same bound on the map',
      medianOf('spot') / medianOf('bound'),
      5,
      ' x',
    ),
  ]
}
