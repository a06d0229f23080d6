import type { Cipher } from '@warren/codec'
import type { LineProtocol } from '../protocol/protocol.ts'
import type { Connection } from '../transport/connection.ts'
import type { Identity } from './identity.ts'
import { Link } from './link.ts'
import { cipherOfReturning } from './returning-keys.ts'
import { Session, type SessionOptions } from './session.ts'
import { newToken } from './token.ts'

/** All sessions of a server, who has which token, and who speaks for whom. */
export class Sessions {
  readonly #options: SessionOptions
  readonly #all = new Set<Session>()
  readonly #byUser = new Map<number, Session>()
  readonly #byToken = new Map<string, Session>()
  /** Those that encrypt. */
  readonly keyed = new Set<Session>()
  #nextId = 1

  constructor(options: SessionOptions) {
    this.#options = { ...options, findCipher: body => cipherOfReturning(body, this.keyed) }
  }

  get size(): number {
    return this.#all.size
  }

  [Symbol.iterator](): IterableIterator<Session> {
    return this.#all.values()
  }

  /** A new line, and a session for it. @param protocol  what the line speaks, if it is another language */
  open(
    connection: Connection,
    now: number,
    protocol: LineProtocol = this.#options.protocol,
  ): { readonly session: Session; readonly link: Link } {
    const link = new Link(connection, protocol)
    const session = new Session(this.#nextId++, link, now, this.#options)
    this.#all.add(session)
    return { session, link }
  }

  /** The session that has this token. */
  ofToken(token: string): Session | undefined {
    return this.#byToken.get(token)
  }

  /** Gives a session a token of its own; one that it had before is no longer valid [P-5.4]. */
  giveToken(session: Session): void {
    this.#byToken.delete(session.token)
    session.token = newToken()
    this.#byToken.set(session.token, session)
  }

  /** From now on the session encrypts [P-1.4.3]. */
  giveKey(session: Session, cipher: Cipher): void {
    session.encryptWith(cipher)
    this.keyed.add(session)
  }

  /** The session that speaks for a user. */
  ofUser(userId: number): Session | undefined {
    return this.#byUser.get(userId)
  }

  /** From now on the session speaks for the user. */
  bind(session: Session, identity: Identity): void {
    session.identity = identity
    session.state = 'logged-in'
    this.#byUser.set(identity.id, session)
  }

  /** The user is logged out; the session may log in again, unless it has no line to do so. */
  unbind(session: Session): void {
    if (session.identity === undefined) return
    this.#byUser.delete(session.identity.id)
    session.datagrams?.close()
    session.identity = undefined
    if (session.state === 'logged-in') session.state = 'handshaken'
    else if (session.state === 'frozen') session.close('server')
  }

  /** The session is over. */
  forget(session: Session): void {
    this.unbind(session)
    this.#byToken.delete(session.token)
    this.#all.delete(session)
    this.keyed.delete(session)
  }
}
