import { randomBytes } from 'node:crypto'
import type { TunnelRequest } from './bluebox-request.ts'
import { type Poll, Tunnel, type TunnelHouse, UNKNOWN_TUNNEL } from './bluebox-tunnel.ts'
import type { AcceptConnection } from './connection.ts'
import { type Lines, SWEEP_MILLIS } from './lines.ts'

/** What an operator sets about tunnels. The same names as in the configuration. */
export interface TunnelSettings {
  /** How long a poll without packets is held. */
  readonly pollSeconds: number
  /** How long a tunnel may be without a poll before it counts as lost. */
  readonly silenceSeconds: number
  readonly maxTunnelsPerAddress: number
}

/** Where the answer to a request of the tunnel goes. */
export interface TunnelReply extends Poll {
  /** The client's address in plain form. */
  readonly address: string
  /** The request came over TLS. */
  readonly isSecure: boolean
  /** Answers with a status and nothing more. */
  status(code: number): void
}

/** Unguessable: nothing else keeps one client from using the tunnel of another. */
const ID_BYTES = 16
/** A byte takes four thirds of a character in base64, of which each may become three. */
const MAX_CHARACTERS_PER_BYTE = 4
/** The header of a packet, and what is around it in the request. */
const AROUND_PACKET_BYTES = 1024

/** All tunnels of a server, over all its HTTP ports [P-10]. */
export class Tunnels {
  readonly stats = { bytesReceived: 0, bytesSent: 0, heldPolls: 0 }
  /** The longest body of a request, in bytes. */
  readonly maxBodyBytes: number
  readonly #house: TunnelHouse
  readonly #maxPerAddress: number
  readonly #tunnels = new Map<string, Tunnel>()
  readonly #perAddress = new Map<string, number>()

  constructor(lines: Lines, accept: AcceptConnection, settings: TunnelSettings) {
    this.maxBodyBytes = lines.limits.maxRequestBytes * MAX_CHARACTERS_PER_BYTE + AROUND_PACKET_BYTES
    this.#maxPerAddress = settings.maxTunnelsPerAddress
    this.#house = {
      lines,
      accept,
      pollMillis: settings.pollSeconds * 1000,
      // A sweep sees it late.
      silenceMillis: Math.max(settings.silenceSeconds * 1000 - SWEEP_MILLIS / 2, SWEEP_MILLIS / 2),
      maxBodyBytes: this.maxBodyBytes,
      stats: this.stats,
      ended: tunnel => this.#forget(tunnel),
    }
  }

  /** Tunnels that are open. */
  get size(): number {
    return this.#tunnels.size
  }

  /** The tunnel of an id. One that was opened over TLS is not found without it. */
  find(id: string, isSecure: boolean): Tunnel | undefined {
    const tunnel = this.#tunnels.get(id)
    return tunnel?.transport === transportOf(isSecure) ? tunnel : undefined
  }

  /** Does what a request asks for, and answers it. */
  serve(request: TunnelRequest, reply: TunnelReply): void {
    switch (request.type) {
      case 'nothing':
        reply.status(200)
        return
      case 'senseless':
        this.refused('tunnel-request', request.detail, reply)
        reply.status(500)
        return
      case 'connect':
        this.#connect(reply)
        return
    }
    const tunnel = this.find(request.id, reply.isSecure)
    if (tunnel === undefined) {
      this.unknown(reply)
      return
    }
    switch (request.type) {
      case 'poll':
        tunnel.poll(reply)
        break
      case 'data':
        tunnel.data(request.bytes)
        reply.status(200)
        break
      case 'disconnect':
        tunnel.destroy('client')
        reply.status(200)
        break
    }
  }

  /** Answers a request for a tunnel that there is not [P-10.8]. */
  unknown(reply: TunnelReply): void {
    this.refused('tunnel-unknown', 'There is no such tunnel', reply)
    reply.answer(UNKNOWN_TUNNEL)
  }

  refused(
    reason: Parameters<Lines['refused']>[0],
    detail: string,
    { address }: Pick<TunnelReply, 'address'>,
  ): void {
    this.#house.lines.refused(reason, detail, address)
  }

  #connect(reply: TunnelReply): void {
    const { address, isSecure } = reply
    const { lines } = this.#house
    const open = this.#perAddress.get(address) ?? 0
    if (open >= this.#maxPerAddress && !lines.connections.isAllowed(address)) {
      this.refused('tunnels-per-address', 'A new tunnel is refused', reply)
      reply.status(503)
      return
    }
    const admission = lines.admit(address)
    if (admission === undefined) {
      reply.status(503)
      return
    }
    const id = randomBytes(ID_BYTES).toString('hex')
    this.#perAddress.set(address, open + 1)
    this.#tunnels.set(id, new Tunnel(this.#house, id, transportOf(isSecure), admission))
    reply.answer(Buffer.from(`connect|${id}`))
  }

  #forget(tunnel: Tunnel): void {
    this.#tunnels.delete(tunnel.id)
    const left = (this.#perAddress.get(tunnel.remoteAddress) ?? 1) - 1
    if (left > 0) this.#perAddress.set(tunnel.remoteAddress, left)
    else this.#perAddress.delete(tunnel.remoteAddress)
  }
}

function transportOf(isSecure: boolean): 'bluebox' | 'bluebox-tls' {
  return isSecure ? 'bluebox-tls' : 'bluebox'
}
