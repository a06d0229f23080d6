import { framePacket } from '@warren/codec'
import type { Scenario } from './scenarios.ts'
import type { Stage } from './stage.ts'
import type { Packet, Step, Trace } from './trace.ts'
import type { TunnelAnswer } from './tunnel-http.ts'
import {
  bytesOf,
  isCut,
  packetOfBytes,
  packetsIn,
  partsOf,
  type TunnelAnswerStep,
  type TunnelRequestStep,
} from './tunnel-trace.ts'

/** What the player asks of those who replay the rest. */
export interface TunnelHost {
  readonly stage: Stage
  /** Milliseconds since the recording's begin. */
  now(): number
  /** A request of the recording as bytes for this run. */
  encode(step: TunnelRequestStep, packet: Packet): Uint8Array
  /** A packet came for the client that opened the tunnel. */
  receive(client: string, packet: Uint8Array): void
  problem(step: Step, text: string): void
}

/** How far an answer may be from its recorded time, in milliseconds: both servers look at held polls once a second. */
const TOLERANCE = 1500

/** Plays the requests of a trace in the tunnel, and compares the answers of each client in their order. */
export class TunnelPlayer {
  readonly #host: TunnelHost
  readonly #expected = new Map<string, TunnelAnswerStep[]>()
  /** The tunnels of this run and who opened them, by their recorded ids. */
  readonly #tunnels = new Map<string, { readonly id: string; readonly opener: string }>()

  readonly #trace: Trace
  readonly #scenario: Pick<Scenario, 'elsewhere' | 'untold'>

  constructor(trace: Trace, scenario: Pick<Scenario, 'elsewhere' | 'untold'>, host: TunnelHost) {
    this.#trace = trace
    this.#scenario = scenario
    this.#host = host
    for (const step of trace.steps) {
      if (step.kind !== 'tunnel-answer' || scenario.elsewhere?.includes(step.index) === true) continue
      const answers = this.#expected.get(step.client)
      if (answers === undefined) this.#expected.set(step.client, [step])
      else answers.push(step)
    }
  }

  /** Sends a recorded request. */
  send(step: TunnelRequestStep): void {
    const parts = partsOf(step.body)
    this.#post(this.#translated(step, parts), answer => this.#answered(step, parts[0] ?? '', answer))
  }

  /** Does what the recorder did and wrote down as a remark only; it left out the answers too. */
  note(step: Step): void {
    const { untold } = this.#scenario
    const like = this.#trace.steps[untold?.like ?? -1]
    if (untold?.step !== step.index || like?.kind !== 'tunnel-request') return
    const [id = ''] = partsOf(like.body)
    for (const packet of untold.packets) {
      const data = Buffer.from(this.#host.encode(like, packet)).toString('base64')
      this.#post([this.#tunnels.get(id)?.id ?? id, 'data', data], () => undefined)
    }
  }

  /** The recording is over: answers that have not come are missing. */
  finish(): void {
    for (const answers of this.#expected.values()) {
      for (const step of answers) this.#host.problem(step, `no answer "${step.text.slice(0, 40)}" came`)
    }
  }

  #post(parts: readonly string[] | string, answered: (answer: TunnelAnswer) => void): void {
    const body = typeof parts === 'string' ? parts : `sfsHttp=${encodeURIComponent(parts.join('|'))}`
    this.#host.stage.tunnel(body, answered)
  }

  /** The request with the identities of this run. */
  #translated(step: TunnelRequestStep, parts: readonly string[]): readonly string[] | string {
    const [id, command, data] = parts
    if (id === undefined || command === undefined) return step.body
    const translated = command === 'data' ? this.#translatedData(step, data) : data
    return [this.#tunnels.get(id)?.id ?? id, command, ...(translated === undefined ? [] : [translated])]
  }

  #translatedData(step: TunnelRequestStep, data: string | undefined): string | undefined {
    const bytes = bytesOf(data)
    if (bytes === undefined) return data
    const packets = packetsIn(bytes).map(({ flags, body }) =>
      body.length === 0 ? framePacket(body, flags) : this.#host.encode(step, packetOfBytes(flags, body)),
    )
    return Buffer.concat(packets).toString('base64')
  }

  #answered(request: TunnelRequestStep, recordedId: string, answer: TunnelAnswer): void {
    const step = this.#expected.get(request.client)?.shift()
    if (step === undefined) {
      this.#host.problem(request, `${describe(answer)} came, and nothing was recorded`)
      return
    }
    const [, opened] = /^connect\|(\w+)$/.exec(step.text) ?? []
    const [, id] = /^connect\|([0-9a-f]{32})$/.exec(answer.text) ?? []
    const isConnected = opened !== undefined && id !== undefined
    if (isConnected) this.#tunnels.set(opened, { id, opener: request.client })
    else if (!isSame(step, answer)) {
      this.#host.problem(step, `${describe(answer)} came where ${describe(step)} was recorded`)
    }
    const late = this.#host.now() - step.at
    if (Math.abs(late) > TOLERANCE) {
      this.#host.problem(step, `${describe(answer)} came ${Math.round(late)} ms off its recorded time`)
    }
    this.#deliver(recordedId, answer)
  }

  #deliver(recordedId: string, { text }: TunnelAnswer): void {
    const bytes = text.startsWith('poll|') ? bytesOf(text.slice('poll|'.length)) : undefined
    const opener = this.#tunnels.get(recordedId)?.opener
    if (bytes === undefined || opener === undefined) return
    for (const { flags, body } of packetsIn(bytes)) this.#host.receive(opener, framePacket(body, flags))
  }
}

/** Whether an answer is what was recorded; packets are compared one by one by their receiver. */
function isSame(recorded: TunnelAnswer, answer: TunnelAnswer): boolean {
  if (recorded.status !== answer.status) return false
  // The page that the stock server sends with an error is no part of the protocol.
  if (recorded.status !== 200) return true
  const [one, other] = [shapeOf(recorded.text), shapeOf(answer.text)]
  return isCut(recorded.text) ? one.split(' ')[0] === other.split(' ')[0] : one === other
}

/** An answer with the number of its packets in place of them. */
function shapeOf(text: string): string {
  if (!text.startsWith('poll|') || text === 'poll|null') return text
  const bytes = bytesOf(text.slice('poll|'.length))
  return `poll ${bytes === undefined ? 'cut' : packetsIn(bytes).length}`
}

function describe({ status, text }: TunnelAnswer): string {
  return `answer ${status} "${shapeOf(text).slice(0, 60)}"`
}
