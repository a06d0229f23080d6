import type { UdpRequest } from '@warren/codec'
import type { Clock } from '../clock.ts'
import type { DatagramProtocol } from '../protocol/datagram.ts'
import { DatagramLink, type SendDatagram } from './datagram-link.ts'
import { findByKey } from './key-search.ts'
import type { Session } from './session.ts'
import type { Sessions } from './sessions.ts'

/** Why a datagram was dropped. Each is a label of the refusals metric [P-11.6]. */
export type DatagramRefusal =
  | 'datagram-too-large'
  | 'datagram-rate'
  | 'datagram-malformed'
  | 'datagram-not-bound'
  | 'datagram-repeated'

/** A call of an extension that came by UDP. */
export type DatagramCall = Extract<UdpRequest, { readonly name: 'CallExtension' }>

/** Who hears of what datagrams bring. */
export interface DatagramOwner {
  onDatagramCall(session: Session, call: DatagramCall): void
  /** @param session  the one that the address belongs to, if any */
  onDatagramDropped(
    reason: DatagramRefusal,
    detail: string,
    address: string,
    session: Session | undefined,
  ): void
}

/** So many datagrams a second. The state is the caller's number. */
export interface Rate {
  /** @returns the new state, or -1 when that is too much */
  take(state: number, now: number, tokens: number): number
}

export interface DatagramParts {
  readonly protocol: DatagramProtocol
  readonly sessions: Sessions
  readonly clock: Clock
  readonly owner: DatagramOwner
  /** Makes of an address what `Session.remoteAddress` has. */
  readonly plainAddress: (address: string) => string
  readonly maxDatagramBytes: number
  /** For one session. */
  readonly rate: Rate
  /** For everybody whose address belongs to no session. */
  readonly strangersRate: Rate
}

/**
 * Datagrams of clients, and which address is whose [P-9]. An address is mapped when its user asks for it from the
 * address of the line that he is logged in on. Nothing else that comes from strangers is ever answered, and that
 * answer is shorter than the request.
 */
export class Datagrams {
  readonly #parts: DatagramParts
  readonly #links = new Map<string, DatagramLink>()
  #send: SendDatagram = () => false
  #strangersPaid = 0

  constructor(parts: DatagramParts) {
    this.#parts = parts
  }

  /** Addresses that belong to sessions. */
  get size(): number {
    return this.#links.size
  }

  /** Gives the way out, once there is a socket. */
  open(send: SendDatagram): void {
    this.#send = send
  }

  /** Takes a datagram. Never throws for bad input. */
  receive(message: Uint8Array, address: string, port: number): void {
    const link = this.#links.get(keyOf(address, port))
    if (!this.#allows(link)) {
      this.#drop('datagram-rate', 'More datagrams than allowed', address, link)
      return
    }
    if (message.length > this.#parts.maxDatagramBytes) {
      this.#drop('datagram-too-large', 'A datagram is longer than allowed', address, link)
      return
    }
    if (link === undefined) this.#fromStranger(message, address, port)
    else this.#fromSession(message, link)
  }

  #allows(link: DatagramLink | undefined): boolean {
    const { rate, strangersRate, clock } = this.#parts
    const paid =
      link === undefined
        ? strangersRate.take(this.#strangersPaid, clock.now(), 1)
        : rate.take(link.paid, clock.now(), 1)
    if (paid < 0) return false
    if (link === undefined) this.#strangersPaid = paid
    else link.paid = paid
    return true
  }

  #fromSession(message: Uint8Array, link: DatagramLink): void {
    const { session, userId, address } = link
    const content = this.#parts.protocol.read(message, session.cipher)
    if ('problem' in content) {
      this.#drop('datagram-malformed', content.problem, address, link)
    } else if (content.userId !== userId) {
      this.#drop('datagram-not-bound', 'The address belongs to another user', address, link)
    } else if (content.name === 'Init') {
      link.confirm()
    } else if (!link.window.take(content.packetId)) {
      this.#drop('datagram-repeated', 'The packet number was seen, or is too old', address, link)
    } else {
      this.#parts.owner.onDatagramCall(session, content)
    }
  }

  #fromStranger(message: Uint8Array, address: string, port: number): void {
    const { protocol, sessions } = this.#parts
    if (!protocol.mayBeInit(message)) {
      this.#drop('datagram-not-bound', 'The address belongs to nobody', address)
      return
    }
    if (protocol.isEncrypted(message)) {
      const session = this.#sessionByKey(message, address)
      if (session === undefined) this.#drop('datagram-not-bound', 'No session has the key', address)
      else this.#bind(session, address, port)
      return
    }
    const content = protocol.read(message, undefined)
    if ('problem' in content) {
      this.#drop('datagram-malformed', content.problem, address)
      return
    }
    const session = sessions.ofUser(content.userId)
    if (content.name !== 'Init' || session?.cipher !== undefined || !this.#mayBind(session, address)) {
      this.#drop('datagram-not-bound', 'The address does not belong to the user', address)
      return
    }
    this.#bind(session, address, port)
  }

  #mayBind(session: Session | undefined, address: string): session is Session {
    return (
      session?.state === 'logged-in' &&
      session.datagrams === undefined &&
      session.remoteAddress === this.#parts.plainAddress(address)
    )
  }

  /**
   * The session whose key opens a request for a mapping, among those whose line comes from this address: whose the
   * request is stands inside.
   */
  #sessionByKey(message: Uint8Array, address: string): Session | undefined {
    const { protocol, sessions } = this.#parts
    return findByKey(sessions.keyed, [session => this.#mayBind(session, address)], ({ cipher, identity }) => {
      const content = protocol.read(message, cipher)
      return 'name' in content && content.name === 'Init' && content.userId === identity?.id
    })
  }

  #bind(session: Session, address: string, port: number): void {
    const { identity } = session
    if (identity === undefined) return
    const link = new DatagramLink(
      session,
      identity.id,
      { address, port },
      {
        protocol: this.#parts.protocol,
        send: this.#send,
        onClose: closed => this.#unbind(closed),
      },
    )
    session.datagrams = link
    this.#links.set(keyOf(address, port), link)
    link.confirm()
  }

  #unbind(link: DatagramLink): void {
    const { session, address, port } = link
    if (session.datagrams !== link) return
    session.datagrams = undefined
    this.#links.delete(keyOf(address, port))
  }

  #drop(reason: DatagramRefusal, detail: string, address: string, link?: DatagramLink): void {
    this.#parts.owner.onDatagramDropped(reason, detail, address, link?.session)
  }
}

function keyOf(address: string, port: number): string {
  return `${address} ${port}`
}
