import { type ServerMessage, serverMessages } from '@warren/codec'
import type { Es3Message } from '@warren/codec/es3'
import type { DomainEvent, SharedEvent } from '../domain/event.ts'
import type { User } from '../domain/user.ts'
import type { OutgoingDatagram } from '../protocol/datagram.ts'
import type { Failure } from '../protocol/protocol.ts'
import type { DatagramWay } from '../session/datagram-way.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import type { OutgoingPacket } from '../transport/connection.ts'
import { AUDIENCE, type Hear } from './audience.ts'
import { Es3Outbox, type ZoneOf } from './es3-outbox.ts'
import { extensionMessage, MESSAGES } from './messages.ts'
import { patienceOf } from './patience.ts'
import { Views } from './views.ts'

/** Answers that belong to a line and not to what is told in a session [P-8.6.3]. */
const ABOUT_LINES: ReadonlySet<string> = new Set(['Handshake', 'ReconnectionFailure'])

/**
 * What happened -> who hears it -> bytes, once. The only place where events become packets: each message is encoded
 * when its first receiver is found and shared by all of them.
 */
export class Outbox {
  readonly #sessions: Sessions
  /** Events that came while another was told: a line that breaks on sending is an event itself. */
  readonly #next: DomainEvent[] = []
  readonly #views: Views
  #isTelling = false
  #event: SharedEvent | undefined
  #packet: OutgoingPacket | undefined
  #patience = 0
  #datagram: OutgoingDatagram | undefined
  readonly #es3: Es3Outbox

  /** @param zoneOf  finds the zone of a user */
  constructor(sessions: Sessions, zoneOf: ZoneOf) {
    this.#sessions = sessions
    this.#es3 = new Es3Outbox(zoneOf)
    this.#views = new Views(sessions)
  }

  /** Tells everybody concerned, in the order of the calls. */
  publish(event: DomainEvent): void {
    if (this.#isTelling) {
      this.#next.push(event)
      return
    }
    for (let current: DomainEvent | undefined = event; current !== undefined; current = this.#next.shift()) {
      this.#tell(current)
    }
  }

  /** Answers one client of ElectroServer 3. */
  answerEs3(session: Session, message: Es3Message): void {
    if (session.protocol.name === 'es3') session.deliver(session.protocol.encode(message))
  }

  /** Answers one client. */
  answer(session: Session, message: ServerMessage): void {
    if (session.protocol.name !== 'sfs2x') return
    const packet = session.protocol.encode(message)
    if (ABOUT_LINES.has(message.name)) session.deliverAside(packet)
    else session.deliver(packet)
  }

  /** Tells one client that its request failed. */
  fail(session: Session, failure: Failure): void {
    if (session.protocol.name !== 'sfs2x') return
    const packet = session.protocol.encodeFailure(failure)
    if (failure.action === serverMessages.Handshake.action) session.deliverAside(packet)
    else session.deliver(packet)
  }

  #tell(event: DomainEvent): void {
    this.#isTelling = true
    try {
      if (event.type === 'views-changed') this.#views.tell(event)
      else this.#tellAll(event)
    } finally {
      this.#isTelling = false
      this.#event = undefined
      this.#packet = undefined
      this.#datagram = undefined
      this.#es3.forget()
    }
  }

  #tellAll(event: SharedEvent): void {
    this.#event = event
    this.#patience = patienceOf(event)
    // The tables are exhaustive by type, so event and entry fit.
    const audience = AUDIENCE[event.type] as (event: SharedEvent, hear: Hear) => void
    audience(event, this.#hear)
  }

  readonly #hear = (user: User): void => {
    const session = this.#sessions.ofUser(user.id)
    if (session === undefined || this.#event === undefined) return
    if (session.datagrams !== undefined && this.#sendDatagram(session.datagrams, this.#event)) return
    const { protocol } = session
    if (protocol.name === 'es3') {
      this.#es3.tell(this.#event, user, session, protocol)
      return
    }
    if (this.#packet === undefined) {
      const message = messageOf(this.#event)
      if (message === undefined) return
      this.#packet = protocol.encode(message)
    }
    session.deliver(this.#packet, this.#patience)
  }

  /** Messages that are to go by UDP do, as far as they can. @returns whether it is gone */
  #sendDatagram(way: DatagramWay, event: SharedEvent): boolean {
    if (event.type !== 'extension-message' || event.udp !== true) return false
    this.#datagram ??= way.prepare(extensionMessage(event))
    return way.send(this.#datagram)
  }
}

function messageOf(event: SharedEvent): ServerMessage | undefined {
  return (MESSAGES[event.type] as (event: SharedEvent) => ServerMessage | undefined)(event)
}
