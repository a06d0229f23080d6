import type { Es3Message, Es3Problem, Es3Request } from '@warren/codec/es3'
import type { Es3Services } from './controller/es3/context.ts'
import { Es3Dispatcher } from './controller/es3/dispatch.ts'
import type { Counters } from './observe/counters.ts'
import type { Log } from './observe/log.ts'
import { Es3XmlProtocol } from './protocol/es3.ts'
import type { Session } from './session/session.ts'
import { sessionLabels } from './session/session-labels.ts'
import type { Connection, ConnectionHandler } from './transport/connection.ts'

/** What the door works with. */
export interface Es3DoorParts {
  readonly services: Es3Services
  readonly counters: Counters
  readonly log: Pick<Log, 'debug'>
  /** The longest frame, in bytes. */
  readonly maxRequestBytes: number
  readonly maxWaitingRequests: number
  answer(session: Session, message: Es3Message): void
}

/** Where clients of ElectroServer 3 come in: their lines, their number, and the way of what they say. */
export class Es3Door {
  readonly #parts: Es3DoorParts
  readonly #protocol: Es3XmlProtocol
  readonly #dispatcher: Es3Dispatcher
  /** Clients for whom there is a place. */
  readonly #clients = new Set<Session>()

  constructor(parts: Es3DoorParts) {
    const { services, counters, log, maxWaitingRequests } = parts
    this.#parts = parts
    this.#protocol = new Es3XmlProtocol(parts)
    this.#dispatcher = new Es3Dispatcher(
      services,
      {
        answer: (session, message) => parts.answer(session, message),
        refused: (session, reason, request, detail) => {
          counters.refuse(reason)
          log.debug({ ...sessionLabels(session), reason, request }, detail)
        },
      },
      maxWaitingRequests,
    )
  }

  /** Takes a new line, and greets whoever is on it. */
  accept(connection: Connection): ConnectionHandler {
    const { services, counters, log } = this.#parts
    counters.connections++
    const { session, link } = services.sessions.open(connection, services.clock.now(), this.#protocol)
    log.debug({ session: session.id, transport: connection.transport, language: 'es3' }, 'A line was opened')
    if (this.#dispatcher.greet(session, this.#clients.size + 1)) this.#clients.add(session)
    else counters.refuse('electro-full')
    return link
  }

  /** Takes what a client said. */
  onFrame(session: Session, frame: Es3Request | Es3Problem): void {
    const { counters, log } = this.#parts
    if ('problem' in frame) {
      counters.refuse(frame.problem)
      log.debug({ ...sessionLabels(session), reason: frame.problem }, frame.detail)
      this.#dispatcher.unreadable(session, frame)
      return
    }
    counters.requests++
    this.#dispatcher.dispatch(session, frame)
  }

  /** The session is over. */
  forget(session: Session): void {
    this.#clients.delete(session)
    this.#dispatcher.forget(session)
  }
}
