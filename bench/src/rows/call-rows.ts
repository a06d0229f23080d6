import { type Candidate, callCandidates } from '../candidates.ts'
import type { CallName, CallResult } from '../generator/call.ts'
import { Rig } from '../rig.ts'
import type { RunContext } from './crowd-runner.ts'

const CLIENTS = 100
/** Calls of a client under way: one that waits for each answer, and one that does not. */
const DEPTHS = [1, 16] as const
/** Which server is called. The system request has one for itself, so that it pays nothing for extensions. */
const SERVERS = { message: 'system', typed: 'extension', raw: 'extension', floor: 'floor' } as const
const CALLS: readonly CallName[] = ['message', 'typed', 'raw', 'floor']
/** Cores that others may take before a round is repeated. */
const DISTURBED = 0.2
const WARM_UP = 200

/** What a call and its answer cost the server. */
export interface CallRow {
  readonly call: CallName
  readonly transport: 'WebSocket' | 'TCP'
  readonly clients: number
  /** Calls of a client under way at a time. */
  readonly depth: number
  /** Bytes of a call and its answer together. */
  readonly bytes: number
  /** Round trips a second: the median. */
  readonly rate: number
  /** Microseconds of server CPU, user and system: the median. */
  readonly microseconds: number
  readonly rounds: readonly number[]
  /** This call's cost by that of a public message, round by round: the median. */
  readonly ratio: number
  /** Milliseconds from a call to its answer. */
  readonly p50: number
  readonly p99: number
  /** What other processes took of the machine meanwhile, in cores: the highest of the rounds. */
  readonly otherCpu: number
  /** Empty when every call was answered once and in order. */
  readonly fault: string
}

/**
 * Measures what calls cost, in turn, round by round: those of an extension, a system request that is answered to the
 * caller alone, and the floor.
 */
export async function runCalls(webSocket: boolean, context: RunContext): Promise<CallRow[]> {
  const { options, progress } = context
  const transport = webSocket ? 'WebSocket' : 'TCP'
  const candidates = callCandidates(webSocket)
  const rigs = new Map<Candidate, Rig>()
  try {
    for (const candidate of Object.values(candidates)) {
      progress.stage(`${candidate.name}: ${CLIENTS} clients over ${transport} for calls`)
      const onNews = (text: string) => progress.detail(text)
      rigs.set(
        candidate,
        await Rig.build({
          candidate,
          clients: CLIENTS,
          join: true,
          calls: true,
          floorTick: options.floorTick,
          onNews,
        }),
      )
    }
    const rigOf = (call: CallName): Rig => {
      const rig = rigs.get(candidates[SERVERS[call]])
      if (rig === undefined) throw new Error(`no server runs for ${call}`)
      return rig
    }
    const rows: CallRow[] = []
    for (const depth of DEPTHS) {
      const results = new Map(CALLS.map((call): [CallName, CallResult[]] => [call, []]))
      for (const call of CALLS) {
        progress.stage(`${call} over ${transport}, ${depth} under way: warming up`)
        await rigOf(call).call({ call, depth, warmUp: 0, measure: options.warmUp })
      }
      for (let round = 1; round <= options.calls.rounds; round++) {
        for (const [call, list] of results) {
          progress.stage(`${call} over ${transport}, ${depth} under way, round ${round}`)
          list.push(
            await quietly(context, () =>
              rigOf(call).call({ call, depth, warmUp: WARM_UP, measure: options.calls.measure }),
            ),
          )
        }
      }
      const messages = (results.get('message') ?? []).map(costOf)
      for (const list of results.values()) rows.push(rowOf(transport, list, messages))
    }
    return rows
  } finally {
    for (const rig of rigs.values()) await rig.close()
  }
}

/** Measures again as long as others disturb it and there is patience. */
async function quietly(
  { patience, progress }: RunContext,
  measure: () => Promise<CallResult>,
): Promise<CallResult> {
  for (;;) {
    const result = await measure()
    const { plan } = result
    if (otherShare(result) < DISTURBED || !patience.take(plan.warmUp + plan.measure)) return result
    progress.detail('other processes disturb: again')
  }
}

function rowOf(
  transport: CallRow['transport'],
  results: readonly CallResult[],
  messages: readonly number[],
): CallRow {
  const [first] = results
  if (first === undefined) throw new Error('nothing was measured')
  const rounds = results.map(costOf)
  return {
    call: first.plan.call,
    transport,
    clients: first.clients,
    depth: first.plan.depth,
    bytes: first.bytes,
    rate: median(results.map(({ measured }) => measured.calls / measured.seconds)),
    microseconds: median(rounds),
    rounds,
    ratio: median(rounds.map((cost, round) => cost / (messages[round] ?? Number.NaN))),
    p50: median(results.map(({ latency }) => latency.p50)) / 1000,
    p99: median(results.map(({ latency }) => latency.p99)) / 1000,
    otherCpu: Math.max(...results.map(otherShare)),
    fault: results.map(faultOf).find(fault => fault !== '') ?? '',
  }
}

/** Microseconds of CPU a call. */
function costOf({ measured }: CallResult): number {
  return (measured.serverCpu / measured.calls) * 1e6
}

function otherShare({ measured }: CallResult): number {
  return measured.otherCpu / measured.seconds
}

function faultOf({ closed, faults, lost }: CallResult): string {
  if (closed.length > 0) return `${closed.length} lines closed (${closed[0]})`
  if (faults + lost > 0) return `${faults} out of order, ${lost} lost`
  return ''
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
