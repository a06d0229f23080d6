import type { RequestName } from '@warren/codec'
import type { Es3Message, Es3Problem, Es3Request, Es3RequestName } from '@warren/codec/es3'
import { FloodGuard } from '../../domain/filter/flood.ts'
import { ERRORS, type ErrorName, RequestError } from '../../errors.ts'
import type { Session } from '../../session/session.ts'
import { askerOn } from '../asker.ts'
import type { Asker } from '../context.ts'
import { checkFlood } from '../filters.ts'
import { Turns } from '../turns.ts'
import type { Es3Answer, Es3Services } from './context.ts'
import { failureOf, failureOfUnreadable } from './failures.ts'
import { ES3_ROUTES, type Es3Route } from './table.ts'

/** The version that the server says it has: classes refuse a server that is older than they are. */
const VERSION = { major: 3, minor: 7, sub: 2 } as const
/** What the pace of costly requests is counted under, and for how long. */
const COSTLY = 'costly'
const PACE_SECONDS = 2
const FULL = 'The server has reached its connection limit'

/** Where answers go, and who is told of what was refused. */
export interface Es3Answers {
  answer(session: Session, message: Es3Message): void
  refused(session: Session, error: ErrorName, request: Es3RequestName, detail: string): void
}

/** Greets clients of ElectroServer 3 and brings each of their requests to its handler, in turn. */
export class Es3Dispatcher {
  readonly #services: Es3Services
  readonly #answers: Es3Answers
  readonly #turns: Turns<Es3Request>
  /** By session: a client may change its user. */
  readonly #pace: FloodGuard

  /** @param maxWaiting  requests of one session that may wait behind a slow one */
  constructor(services: Es3Services, answers: Es3Answers, maxWaiting: number) {
    this.#services = services
    this.#answers = answers
    const maxRequests = services.realm.settings.costlyRequestsPerSecond * PACE_SECONDS
    this.#pace = new FloodGuard({
      rules: [{ request: COSTLY, maxRequests, seconds: PACE_SECONDS }],
      maxFloodingAttempts: Number.POSITIVE_INFINITY,
    })
    this.#turns = new Turns({
      maxWaiting,
      carryOut: (session, request) => this.#carryOut(session, request),
      refuse: (session, request) =>
        this.#refuse(session, request.name, new RequestError('too-many-waiting-requests')),
    })
  }

  /** Speaks first on a new line. @returns whether there is a place for the client; if not, it is told and let go */
  greet(session: Session, clients: number): boolean {
    const { maxConnections } = this.#services.realm.settings
    // Whoever types a name may take his time.
    session.link?.connection.established()
    if (maxConnections > 0 && clients > maxConnections) {
      this.#answers.answer(session, { name: 'ConnectionDenied', fields: { reason: FULL } })
      session.close('server')
      return false
    }
    session.state = 'handshaken'
    this.#answers.answer(session, { name: 'ConnectionAccepted', fields: VERSION })
    return true
  }

  /** Never throws. */
  dispatch(session: Session, request: Es3Request): void {
    this.#turns.take(session, request)
  }

  /** The session is over. */
  forget(session: Session): void {
    this.#pace.forget(session.id)
  }

  /** A frame that makes no sense: what it wanted, if that is known, has failed. The rest is silence. */
  unreadable(session: Session, { action, detail }: Es3Problem): void {
    if (session.state === 'leaving' || session.state === 'closed') return
    const failure = failureOfUnreadable(action, `The request could not be read: ${detail}`)
    if (failure !== undefined) this.#answers.answer(session, failure)
  }

  /** @returns a promise that never rejects when the handler waits */
  #carryOut(session: Session, request: Es3Request): Promise<void> | undefined {
    if (session.state === 'leaving' || session.state === 'closed') {
      this.#answers.refused(session, 'user-leaving', request.name, ERRORS['user-leaving'].text)
      return undefined
    }
    if (request.name !== 'Ping') session.lastRequestAt = this.#services.clock.now()
    // The table is exhaustive by name, so name and fields fit the route.
    const route = ES3_ROUTES[request.name] as Es3Route<Es3RequestName>
    try {
      const answer = this.#handle(route, session, request)
      if (answer instanceof Promise) {
        return answer.then(
          messages => this.#answer(session, messages),
          error => this.#refuse(session, request.name, error),
        )
      }
      this.#answer(session, answer)
    } catch (error) {
      this.#refuse(session, request.name, error)
    }
    return undefined
  }

  #handle(
    route: Es3Route<Es3RequestName>,
    session: Session,
    request: Es3Request,
  ): Es3Answer | Promise<Es3Answer> {
    if (route.isCostly === true) this.#checkPace(session)
    switch (route.needs) {
      case 'nothing':
        return route.handle(request.fields as never, session, this.#services)
      case 'login': {
        const asker = askerOn(session, this.#services)
        if (route.as !== undefined) this.#checkZone(route.as, asker)
        return route.handle(request.fields as never, asker, this.#services)
      }
      case 'administrator':
        if (!session.isAdministrator) throw new RequestError('administrators-only')
        return route.handle(request.fields as never, session, this.#services)
      case 'later':
        throw new RequestError('request-not-supported')
    }
  }

  /** @throws RequestError flooding */
  #checkPace({ id }: Session): void {
    const decision = this.#pace.check(id, COSTLY, this.#services.clock.now())
    if (decision !== 'allow') throw new RequestError('flooding')
  }

  /** The zone's rules hold in any language. @throws RequestError request-denied, flooding */
  #checkZone(request: RequestName, asker: Asker): void {
    if (!asker.user.mayAsk(request)) throw new RequestError('request-denied')
    checkFlood(request, asker, this.#services)
  }

  #answer(session: Session, answer: Es3Answer): void {
    if (answer === undefined) return
    const messages = 'name' in answer ? [answer] : answer
    for (const message of messages) this.#answers.answer(session, message)
  }

  #refuse(session: Session, request: Es3RequestName, error: unknown): void {
    if (!(error instanceof RequestError)) {
      this.#services.onFault(`The request ${request} failed`, error, session)
      return
    }
    this.#answers.refused(session, error.error, request, error.message)
    if (ERRORS[error.error].consequence === 'close') session.refuse('protocol', error.message)
    else this.#answers.answer(session, failureOf(request, error))
  }
}
