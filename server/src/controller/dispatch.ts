import {
  Controller,
  failureActions,
  type Request,
  type RequestName,
  type RequestProblem,
  requests,
  type ServerMessage,
} from '@warren/codec'
import { ERRORS, type ErrorName, RequestError } from '../errors.ts'
import type { Failure } from '../protocol/protocol.ts'
import type { Session } from '../session/session.ts'
import { askerOn } from './asker.ts'
import type { Answer, Services } from './context.ts'
import { isDatagram, refusedCall } from './extension.ts'
import { checkFlood } from './filters.ts'
import { ROUTES, type Route } from './table.ts'
import { Turns } from './turns.ts'

/** The codes of what can be wrong with joining a room [P-7.1]. */
const JOIN_CODES: ReadonlySet<number> = new Set([19, 20, 21, 22, 23, 40])
/** Requests that end in joining a room: clients know what is wrong with that as a failure to join. */
const JOINING: ReadonlySet<RequestName> = new Set([
  'CreateRoom',
  'QuickJoinOrCreateRoom',
  'CreateSFSGame',
  'QuickJoinGame',
  'InvitationReply',
])
/** Requests that make a room: clients know what else is wrong as a failure to make one. */
const CREATING: ReadonlySet<RequestName> = new Set(['CreateRoom', 'QuickJoinOrCreateRoom', 'CreateSFSGame'])

/** Requests that are all settings of a room, by action. */
const WITH_SETTINGS: ReadonlyMap<number, RequestName> = new Map(
  (['CreateRoom', 'CreateSFSGame'] as const).map(name => [requests[name].action, name]),
)

/** What clients send without their users doing anything. */
const BY_ITSELF: ReadonlySet<RequestName> = new Set(['PingPong', 'Acknowledge'])

/** Where answers go, and who is told of what was refused. */
export interface Answers {
  answer(session: Session, message: ServerMessage): void
  fail(session: Session, failure: Failure): void
  refused(session: Session, error: ErrorName, request: RequestName, detail: string): void
}

/** Brings each request to its handler, in turn, and what comes of it back to the client. */
export class Dispatcher {
  readonly #services: Services
  readonly #answers: Answers
  readonly #turns: Turns<Request>

  /** @param maxWaiting  requests of one session that may wait behind a slow one */
  constructor(services: Services, answers: Answers, maxWaiting: number) {
    this.#services = services
    this.#answers = answers
    this.#turns = new Turns({
      maxWaiting,
      carryOut: (session, request) => this.#carryOut(session, request),
      refuse: (session, request) =>
        this.#refuse(session, request, new RequestError('too-many-waiting-requests')),
      isUrgent: request => request.name === 'Acknowledge',
      isAside: isDatagram,
    })
  }

  /** Never throws. */
  dispatch(session: Session, request: Request): void {
    this.#turns.take(session, request)
  }

  /** Whether one more datagram of a session is carried out, or kept until a slow request is done. */
  mayWait(session: Session): boolean {
    return this.#turns.mayWait(session)
  }

  /** A request that cannot be read. Only a room that was to be made has a code for that; the rest is silence. */
  unreadable(session: Session, { controller, action, path = '' }: RequestProblem): void {
    const request = WITH_SETTINGS.get(action ?? -1)
    if (controller !== Controller.SYSTEM || request === undefined) return
    if (session.state !== 'logged-in' || !askerOn(session, this.#services).user.mayAsk(request)) return
    if (this.#staysSilent(session, request, 'room-settings-invalid')) return
    const { code } = ERRORS['room-settings-invalid']
    const { action: failed } = requests.CreateRoom
    this.#answers.fail(session, { action: failed, code, args: [path.replace(/^p\./, '')] })
  }

  /** @returns a promise that never rejects when the handler waits. */
  #carryOut(session: Session, request: Request): Promise<void> | undefined {
    if (session.state === 'leaving' || session.state === 'closed') {
      // Clients that count say that they have what they were told to go with; that is nobody's fault.
      if (request.name !== 'Acknowledge') this.#refuse(session, request, new RequestError('user-leaving'))
      return undefined
    }
    if (!BY_ITSELF.has(request.name)) session.lastRequestAt = this.#services.clock.now()
    // The table is exhaustive by name, so name and fields fit the route.
    const route = ROUTES[request.name] as Route<RequestName>
    try {
      const answer = this.#handle(route, session, request)
      if (answer instanceof Promise) {
        return answer.then(
          message => this.#answer(session, message),
          error => this.#refuse(session, request, error),
        )
      }
      this.#answer(session, answer)
    } catch (error) {
      this.#refuse(session, request, error)
    }
    return undefined
  }

  #handle(route: Route<RequestName>, session: Session, request: Request): Answer | Promise<Answer> {
    switch (route.needs) {
      case 'nothing':
        return route.handle(request.fields as never, session, this.#services)
      case 'login': {
        const asker = askerOn(session, this.#services)
        if (!asker.user.mayAsk(request.name)) throw new RequestError('request-denied')
        checkFlood(request.name, asker, this.#services)
        return route.handle(request.fields as never, asker, this.#services)
      }
      case 'later':
        throw new RequestError('request-not-supported')
    }
  }

  #answer(session: Session, message: Answer): void {
    if (message !== undefined) this.#answers.answer(session, message)
  }

  #refuse(session: Session, request: Request, error: unknown): void {
    const { name } = request
    if (!(error instanceof RequestError)) {
      this.#services.onFault(`The request ${name} failed`, error, session)
      return
    }
    this.#answers.refused(session, error.error, name, error.message)
    const { code, consequence } = ERRORS[error.error]
    if (consequence === 'close') session.refuse('protocol', error.message)
    else if (name === 'CallExtension') this.#answer(session, refusedCall(request.fields, error))
    else if (consequence === 'reply' && !this.#staysSilent(session, name, error.error)) {
      this.#answers.fail(session, { action: failureAction(name, code), code, args: error.args })
    }
  }

  /** Clients take a failure for data on actions that have no error event [P-4.5]. */
  #staysSilent(session: Session, request: RequestName, error: ErrorName): boolean {
    if (!failureActions.has(failureAction(request, ERRORS[error].code))) return true
    if (!('stockIsSilent' in ERRORS[error]) || session.identity === undefined) return false
    return this.#services.zones.zone(session.identity.zoneName)?.settings.silentErrors ?? false
  }
}

/** The action on which clients look for a failure. */
function failureAction(request: RequestName, code: number): number {
  if (JOINING.has(request) && JOIN_CODES.has(code)) return requests.JoinRoom.action
  return requests[CREATING.has(request) ? 'CreateRoom' : request].action
}
