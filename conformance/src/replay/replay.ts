import { type Cipher, decodeObject, decodePacket, encodeObject, framePacket, readPacket } from '@warren/codec'
import { aesCipher, zlibCompression } from '@warren/codec/node'
import { translate, uncut } from './compare.ts'
import { eventOfDatagram, readDatagram } from './datagrams.ts'
import { DIFFERENCES, type Difference, type Occurrence } from './differences.ts'
import { Identities } from './identities.ts'
import { notReplayed } from './landed.ts'
import { envelopeOf, packetOf } from './packets.ts'
import { logInThosePresent } from './present.ts'
import { type Problem, type Received, Receiver, type Timing } from './receiver.ts'
import { RECONSTRUCTIONS, reconstruct } from './reconstruct.ts'
import type { Scenario } from './scenarios.ts'
import { requestShapes } from './shapes.ts'
import type { Stage, StageLine } from './stage.ts'
import { AmongStrangers, bareRooms, isCount } from './strangers.ts'
import { hangUpFrom, type Line, lineOf, type Packet, packetOfWords, type Step, type Trace } from './trace.ts'
import { TunnelPlayer } from './tunnel-player.ts'
import { fromTyped, toTyped } from './typed.ts'
import { Visitors } from './visitors.ts'

/** What came of a replay. */
export interface Report {
  readonly trace: string
  /** Recorded events that this server sent too. */
  readonly matched: number
  /** Recorded events. */
  readonly recorded: number
  /** Steps that were left out, each with its reason. */
  readonly notReplayed: readonly { readonly step: number; readonly reason: string }[]
  /** Steps that are replayed as they must have been, each with what is known of it and what is made up. */
  readonly reconstructed: readonly { readonly step: number; readonly what: string }[]
  /** Declared differences that showed. */
  readonly shown: readonly { readonly anchor: string; readonly occurrence: Occurrence }[]
  /** Events that came while the recorder was hanging up, which it may have been too late to see. */
  readonly late: number
  /** Differences that nobody declared, and declarations that did not show. */
  readonly problems: readonly Problem[]
}

/** The recorded server ran on a busy host and took up to this long, in milliseconds. */
const RECORDED_DELAY = 1500
/** Where datagrams of clients come from: a port each, and one more for those from elsewhere. */
const FIRST_PORT = 40_000
/** The text of a key and its vector. */
const KEY_LENGTH = 44
/** More than a packet may hold; the recorder saw whole packets only. */
const MAX_BODY = 16 * 1024 * 1024

/**
 * Plays the clients of a trace to a server in virtual time and compares, per receiver and in order, what it sends
 * with what the stock server sent.
 */
export async function replay(trace: Trace, scenario: Scenario, stage: Stage): Promise<Report> {
  const run = new Replay(trace, scenario, stage)
  return await run.play()
}

class Replay {
  readonly #trace: Trace
  readonly #scenario: Scenario
  readonly #stage: Stage
  readonly #strangers: AmongStrangers | undefined
  readonly #ids = new Identities()
  readonly #differences: readonly { readonly difference: Difference; readonly occurrence: Occurrence }[]
  readonly #receivers = new Map<string, Receiver>()
  readonly #lines = new Map<string, StageLine>()
  readonly #closedByServer = new Map<string, { readonly at: number; readonly code: number | undefined }>()
  readonly #problems: Problem[] = []
  readonly #notReplayed: { step: number; reason: string }[] = []
  readonly #ciphers = new Map<string, Cipher>()
  readonly #ports: readonly string[]
  readonly #tunnels: TunnelPlayer
  /** Characters of the last answer to a request for a key. */
  #keyLength = 0
  readonly #hangUp: number
  readonly #closesUsed = new Set<Occurrence>()
  /** Requests of a burst that goes out in one write. */
  readonly #held: Uint8Array[] = []
  readonly #visitors: Visitors
  #began = 0
  #now = 0
  #cause = 0
  #timer = false

  constructor(trace: Trace, scenario: Scenario, stage: Stage) {
    this.#trace = reconstruct(trace)
    this.#scenario = scenario
    this.#stage = stage
    this.#visitors = new Visitors(scenario.visitors ?? [], stage)
    this.#strangers = scenario.amongStrangers === true ? new AmongStrangers(trace) : undefined
    this.#hangUp = hangUpFrom(trace)
    this.#differences = DIFFERENCES.flatMap(difference =>
      difference.occurrences
        .filter(occurrence => occurrence.trace === trace.name)
        .map(occurrence => ({ difference, occurrence })),
    )
    for (const client of clientsOf(trace)) this.#receivers.set(client, this.#receiver(client))
    this.#ports = [...this.#receivers.keys()]
    this.#tunnels = new TunnelPlayer(trace, scenario, {
      stage,
      now: () => stage.now() - this.#began,
      encode: (step, packet) => this.#encode(step, packet),
      receive: (client, packet) => this.#receive(client, packet, true),
      problem: (step, text) => this.#problem(step, text),
    })
    stage.hearDatagrams((message, port) => this.#receiveDatagram(message, port))
  }

  async play(): Promise<Report> {
    const { timers } = this.#scenario
    if (timers !== undefined) await this.#stage.advance(timers.period - timers.phase)
    await logInThosePresent(this.#scenario.present ?? [], this.#stage, this.#ids)
    this.#began = this.#stage.now()
    for (const step of this.#inOrder()) {
      await this.#advanceTo(step.at)
      this.#cause = step.index
      if (step.index === this.#scenario.stopsBefore) this.#stage.stop()
      this.#visitors.actBefore(step.index)
      this.#carryOut(step)
      await this.#stage.settle()
    }
    this.#tunnels.finish()
    for (const receiver of this.#receivers.values()) receiver.finish()
    return this.#report()
  }

  /** The steps as the recorded server took them. */
  #inOrder(): readonly Step[] {
    const steps = this.#trace.steps.map(step => this.#said(step))
    for (const [first, second] of this.#scenario.swapped ?? []) {
      const [one, other] = [steps[first], steps[second]]
      if (one === undefined || other === undefined) continue
      steps[first] = other
      steps[second] = one
    }
    return steps
  }

  /** What the recorder only told of, as the request that it was. */
  #said(step: Step): Step {
    const said = this.#scenario.inWords?.find(one => one.step === step.index)
    const packet = said && packetOfWords(said.text, said.flags)
    if (said === undefined || packet === undefined) return step
    return { index: step.index, at: step.at, kind: 'request', client: said.client, packet }
  }

  async #advanceTo(at: number): Promise<void> {
    if (at <= this.#now) return
    this.#timer = true
    await this.#stage.advance(at - this.#now)
    this.#timer = false
    this.#now = at
  }

  #carryOut(step: Step): void {
    const { leftOut } = this.#scenario
    const reason = leftOut?.steps.includes(step.index) === true ? leftOut.reason : notReplayed(step)
    if (reason !== undefined && this.#scenario.sentAnyway?.includes(step.index) !== true) {
      this.#notReplayed.push({ step: step.index, reason })
      return
    }
    switch (step.kind) {
      case 'request':
        this.#send(step, this.#encode(step, step.packet))
        break
      case 'bytes':
        this.#send(step, step.flags === undefined ? step.body : framePacket(step.body, step.flags))
        break
      case 'datagram':
        this.#sendDatagram(step)
        break
      case 'key-request':
        this.#askForKey(step.token)
        break
      case 'key-answer':
        if (step.length !== this.#keyLength) {
          this.#problem(
            step,
            `the answer has ${this.#keyLength} characters here and ${step.length} in the recording`,
          )
        }
        break
      case 'tunnel-request':
        this.#tunnels.send(step)
        break
      case 'closed':
        this.#close(step)
        break
      case 'note':
        this.#tunnels.note(step)
        break
      case 'tunnel-answer':
      case 'event':
      case 'unsupported':
        break
    }
  }

  #send(step: { readonly client: string; readonly index: number }, bytes: Uint8Array): void {
    this.#held.push(bytes)
    const isHeld = ([first, last]: readonly [number, number]) => first <= step.index && step.index < last
    if (this.#scenario.bursts?.some(isHeld) === true) return
    this.#line(step).send(Buffer.concat(this.#held.splice(0)))
  }

  #line(step: { readonly client: string; readonly index: number }): StageLine {
    const { client } = step
    const open = this.#lines.get(client)
    if (open !== undefined) return open
    // Until the recorder took notice, it went on writing to nobody.
    if (this.#closedByServer.has(client)) return DEAD_LINE
    const line = this.#stage.connect(this.#lineOf(client, step.index), {
      onPacket: packet => this.#receive(client, packet),
      onClosed: code => {
        this.#lines.delete(client)
        this.#closedByServer.set(client, { at: this.#stage.now() - this.#began, code })
      },
    })
    this.#lines.set(client, line)
    return line
  }

  #lineOf(client: string, from: number): Line {
    const line = lineOf(this.#trace, client, from)
    return line === 'ws' && this.#scenario.secure?.includes(client) === true ? 'wss' : line
  }

  #sendDatagram(step: Extract<Step, { kind: 'datagram' }>): void {
    const { u } = step.envelope
    const user = u === undefined ? {} : { u: { t: u.t, v: this.#ids.translate('user', Number(u.v)) } }
    const body = encodeObject(fromTyped({ ...step.envelope, ...user }))
    if (step.length !== undefined && body.length !== step.length) {
      this.#problem(step, `the datagram has ${body.length} bytes here and ${step.length} in the recording`)
    }
    const fromElsewhere = this.#scenario.otherPorts?.includes(step.index) === true
    const port = FIRST_PORT + (fromElsewhere ? this.#ports.length : this.#ports.indexOf(step.client))
    this.#stage.datagram(framePacket(body), port)
  }

  #receiveDatagram(message: Uint8Array, port: number): void {
    const client = this.#ports[port - FIRST_PORT]
    if (client === undefined) throw new Error(`The server sent a datagram to port ${port}, which nobody has`)
    this.#take(client, {
      flags: message[0] ?? 0,
      length: message.length,
      ...eventOfDatagram(readDatagram(message)),
    })
  }

  /** The recorder asked for all keys in one name; the token says whose it is. */
  #askForKey(token: string): void {
    const secret = this.#stage.key(String(this.#ids.translate('token', token)))
    this.#keyLength = secret === undefined ? 0 : KEY_LENGTH
    const owner = this.#trace.steps.find(step => step.kind === 'event' && step.packet.params.tk?.v === token)
    if (secret === undefined || owner?.kind !== 'event') return
    this.#ciphers.set(owner.client, aesCipher(secret))
  }

  #encode(step: Step & { readonly client: string }, packet: Packet): Uint8Array {
    const params = translate(uncut(packet.params), requestShapes(packet), this.#ids)
    const body = encodeObject(fromTyped(envelopeOf(packet, params)))
    const bytes = packetOf(body, packet.flags, this.#ciphers.get(step.client))
    // What an encrypted body had before is not written down.
    const { length } = readPacket(packetOf(body, packet.flags, undefined), { maxBodyBytes: MAX_BODY }).body
    if (packet.length !== undefined && length !== packet.length) {
      this.#problem(step, `the request has ${length} bytes here and ${packet.length} in the recording`)
    }
    return bytes
  }

  /** @param byTimer  it may have been sent long before it was fetched */
  #receive(client: string, packet: Uint8Array, byTimer = this.#timer): void {
    const { flags, body } = readPacket(packet, { maxBodyBytes: MAX_BODY })
    const cipher = this.#ciphers.get(client)
    const plain = decodePacket(flags, body, {
      compression: zlibCompression,
      maxInflatedBytes: MAX_BODY,
      ...(cipher === undefined ? {} : { cipher }),
    })
    const envelope = decodeObject(plain)
    const [controller, action] = [envelope.getByte('c'), envelope.getShort('a')]
    const params = toTyped(envelope.getSFSObject('p'))
    this.#take(client, { flags, length: body.length, controller, action, params }, byTimer)
  }

  #take(client: string, received: Omit<Received, 'at' | 'byTimer'>, byTimer = this.#timer): void {
    if (this.#strangers !== undefined && isCount(received.action)) return
    const event =
      this.#strangers === undefined ? received : { ...received, params: bareRooms(received.params) }
    this.#receivers
      .get(client)
      ?.take(
        { ...event, at: this.#stage.now() - this.#began, byTimer },
        this.#cause,
        this.#cause >= this.#hangUp,
      )
  }

  /** A recorded close is the recorder's own unless the scenario says that the server closed. */
  #close(step: Extract<Step, { kind: 'closed' }>): void {
    const byServer = this.#scenario.closedByServer?.includes(step.index) === true
    const closed = this.#closedByServer.get(step.client)
    const line = this.#lines.get(step.client)
    if (byServer) {
      if (closed === undefined) this.#problem(step, 'the server did not close the line')
      else if (closed.code !== step.code) this.#problem(step, `the server closed with ${closed.code}`)
    } else if (closed !== undefined && !this.#isDeclaredClose(step)) {
      this.#problem(step, `the server closed the line at ${closed.at} ms; the recorder closed it itself`)
    }
    this.#lines.delete(step.client)
    this.#closedByServer.delete(step.client)
    if (step.code === ABNORMAL) line?.abort()
    else line?.close()
  }

  /** Whether a difference says that this server closes the line that the recorder closed itself. */
  #isDeclaredClose(step: Extract<Step, { kind: 'closed' }>): boolean {
    const declared = this.#differences.find(
      ({ occurrence }) => occurrence.kind === 'closed' && occurrence.step === step.index,
    )
    if (declared === undefined) return false
    this.#closesUsed.add(declared.occurrence)
    return true
  }

  #receiver(client: string): Receiver {
    const { timers } = this.#scenario
    const timing: Timing = {
      sooner: this.#scenario.sooner ?? RECORDED_DELAY,
      timers: new Set(timers?.actions),
      timerTolerance: timers?.tolerance ?? 0,
    }
    const events = this.#events().filter(step => step.client === client)
    const occurrences = this.#differences.map(({ occurrence }) => occurrence)
    return new Receiver(client, events, occurrences, this.#ids, timing)
  }

  /** What the server sent for what the clients of the trace did. */
  #events(): Extract<Step, { kind: 'event' }>[] {
    return this.#trace.steps
      .filter(step => step.kind === 'event')
      .filter(step => this.#scenario.elsewhere?.includes(step.index) !== true)
      .flatMap(step => this.#strangers?.own(step) ?? (this.#strangers === undefined ? [step] : []))
  }

  #problem(step: Step, text: string): void {
    this.#problems.push({ step: step.index, client: 'client' in step ? step.client : '', text })
  }

  #report(): Report {
    const receivers = [...this.#receivers.values()]
    const used = new Set([...this.#closesUsed, ...receivers.flatMap(receiver => [...receiver.used])])
    const unused = this.#differences.filter(({ occurrence }) => !used.has(occurrence))
    return {
      trace: this.#trace.name,
      matched: sum(receivers.map(receiver => receiver.matched)),
      recorded: this.#events().length,
      notReplayed: this.#notReplayed,
      reconstructed: RECONSTRUCTIONS.filter(one => one.trace === this.#trace.name),
      shown: this.#differences
        .filter(({ occurrence }) => used.has(occurrence))
        .map(({ difference, occurrence }) => ({ anchor: difference.anchor, occurrence })),
      late: sum(receivers.map(receiver => receiver.late)),
      problems: [
        ...this.#problems,
        ...receivers.flatMap(receiver => receiver.problems),
        ...unused.map(({ difference, occurrence }) => ({
          step: occurrence.step,
          client: '',
          text: `the declared difference ${difference.anchor} (${occurrence.kind}) did not show`,
        })),
      ],
    }
  }
}

const DEAD_LINE: StageLine = { send: () => {}, close: () => {}, abort: () => {} }

/** The WebSocket code of a line that was cut. */
const ABNORMAL = 1006

function clientsOf(trace: Trace): ReadonlySet<string> {
  return new Set(trace.steps.flatMap(step => ('client' in step ? [step.client] : [])))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
