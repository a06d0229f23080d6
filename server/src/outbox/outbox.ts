import type { ServerMessage } from '@warren/codec'
import type { DomainEvent } from '../domain/event.ts'
import type { User } from '../domain/user.ts'
import type { Failure } from '../protocol/protocol.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import type { OutgoingPacket } from '../transport/connection.ts'
import { AUDIENCE, type Hear } from './audience.ts'
import { MESSAGES } from './messages.ts'

/**
 * What happened -> who hears it -> bytes, once. The only place where events become packets: each message is encoded
 * when its first receiver is found and shared by all of them.
 */
export class Outbox {
  readonly #sessions: Sessions
  /** Events that came while another was told: a line that breaks on sending is an event itself. */
  readonly #next: DomainEvent[] = []
  #event: DomainEvent | undefined
  #packet: OutgoingPacket | undefined

  constructor(sessions: Sessions) {
    this.#sessions = sessions
  }

  /** Tells everybody concerned, in the order of the calls. */
  publish(event: DomainEvent): void {
    if (this.#event !== undefined) {
      this.#next.push(event)
      return
    }
    for (let current: DomainEvent | undefined = event; current !== undefined; current = this.#next.shift()) {
      this.#tell(current)
    }
  }

  /** Answers one client. */
  answer(session: Session, message: ServerMessage): void {
    session.deliver(session.protocol.encode(message))
  }

  /** Tells one client that its request failed. */
  fail(session: Session, failure: Failure): void {
    session.deliver(session.protocol.encodeFailure(failure))
  }

  #tell(event: DomainEvent): void {
    this.#event = event
    // The tables are exhaustive by type, so event and entry fit.
    const audience = AUDIENCE[event.type] as (event: DomainEvent, hear: Hear) => void
    try {
      audience(event, this.#hear)
    } finally {
      this.#event = undefined
      this.#packet = undefined
    }
  }

  readonly #hear = (user: User): void => {
    const session = this.#sessions.ofUser(user.id)
    if (session === undefined || this.#event === undefined) return
    this.#packet ??= session.protocol.encode(messageOf(this.#event))
    session.deliver(this.#packet)
  }
}

function messageOf(event: DomainEvent): ServerMessage {
  return (MESSAGES[event.type] as (event: DomainEvent) => ServerMessage)(event)
}
