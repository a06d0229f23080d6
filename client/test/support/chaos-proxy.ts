import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** What a proxy does to connections, as parts of one. */
export interface Chaos {
  /** Chance that a new connection is closed at once. */
  readonly refuse: number
  /** Chance that a piece is cut in two, with a pause between. */
  readonly halve: number
  /** Chance that a piece is late, and everything behind it. */
  readonly delay: number
  readonly delayMillis: number
  /** Chance that only a part of a piece gets through before both ends are cut. */
  readonly cut: number
  /** Chance that nothing gets through any more, in no direction, and nobody is told. */
  readonly blackHole: number
}

/** The proxy lets everything through. */
export const CALM: Chaos = { refuse: 0, halve: 0, delay: 0, delayMillis: 0, cut: 0, blackHole: 0 }

/** What a proxy did. */
export interface Damage {
  connections: number
  refused: number
  halved: number
  delayed: number
  cut: number
  blackHoles: number
}

/** A bad network: passes on TCP connections, and hurts them by chance. */
export class ChaosProxy {
  chaos: Chaos
  readonly damage: Damage = { connections: 0, refused: 0, halved: 0, delayed: 0, cut: 0, blackHoles: 0 }
  readonly #server: Server
  readonly #random: () => number
  readonly #pairs = new Set<Pair>()

  private constructor(server: Server, random: () => number, chaos: Chaos) {
    this.#server = server
    this.#random = random
    this.chaos = chaos
  }

  /** Opens a proxy in front of a port of this machine. */
  static async open(target: number, random: () => number, chaos: Chaos): Promise<ChaosProxy> {
    const server = createServer({ allowHalfOpen: true })
    const proxy = new ChaosProxy(server, random, chaos)
    server.on('connection', socket => proxy.#accept(socket, target))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  }

  /** Cuts every connection. */
  cutAll(): void {
    for (const pair of this.#pairs) pair.cut()
  }

  /** From now on nothing happens to anybody; connections in which nothing gets through are cut. */
  calm(): void {
    this.chaos = CALM
    for (const pair of this.#pairs) if (pair.isBlackHole) pair.cut()
  }

  async close(): Promise<void> {
    this.cutAll()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(socket: Socket, target: number): void {
    this.damage.connections++
    if (this.#happens(this.chaos.refuse)) {
      this.damage.refused++
      socket.destroy()
      return
    }
    const pair = new Pair(socket, connect({ port: target, host: '127.0.0.1', allowHalfOpen: true }), this)
    this.#pairs.add(pair)
    pair.onGone = () => this.#pairs.delete(pair)
  }

  #happens(chance: number): boolean {
    return this.#random() < chance
  }

  /** What becomes of a piece of so many bytes: where it is cut, and what happens there. */
  fate(length: number): { readonly kind: 'pass' | 'halve' | 'cut' | 'black-hole'; readonly at: number } {
    const { cut, blackHole, halve } = this.chaos
    const at = Math.floor(this.#random() * length)
    if (this.#happens(cut)) return { kind: 'cut', at }
    if (this.#happens(blackHole)) return { kind: 'black-hole', at }
    return this.#happens(halve) ? { kind: 'halve', at } : { kind: 'pass', at: length }
  }

  /** Milliseconds that a piece is late. */
  lateness(): number {
    if (!this.#happens(this.chaos.delay)) return 0
    this.damage.delayed++
    return this.#random() * this.chaos.delayMillis
  }
}

/** The two halves of one connection. */
class Pair {
  isBlackHole = false
  onGone: () => void = () => undefined
  readonly #sockets: readonly [Socket, Socket]
  readonly #proxy: ChaosProxy

  constructor(client: Socket, server: Socket, proxy: ChaosProxy) {
    this.#sockets = [client, server]
    this.#proxy = proxy
    this.#pass(client, server)
    this.#pass(server, client)
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.onGone()
  }

  #pass(from: Socket, to: Socket): void {
    // One piece after the other: a network may be late, but it keeps the order.
    let before: Promise<void> = Promise.resolve()
    from.setNoDelay(true)
    from.on('data', (piece: Buffer) => {
      before = before.then(() => this.#carry(piece, to))
    })
    from.on('end', () => {
      before = before.then(() => {
        if (!this.isBlackHole) to.end()
      })
    })
    from.on('error', () => this.cut())
    from.on('close', () => {
      if (!this.isBlackHole) void before.then(() => this.cut())
    })
  }

  async #carry(piece: Buffer, to: Socket): Promise<void> {
    if (this.isBlackHole) return
    const { damage } = this.#proxy
    const late = this.#proxy.lateness()
    if (late > 0) await pause(late)
    const { kind, at } = this.#proxy.fate(piece.length)
    to.write(piece.subarray(0, at))
    if (kind === 'pass') return
    if (kind === 'halve') {
      damage.halved++
      await pause(2)
      to.write(piece.subarray(at))
      return
    }
    if (kind === 'black-hole') {
      damage.blackHoles++
      this.isBlackHole = true
      return
    }
    damage.cut++
    // The part before the cut still arrives.
    await pause(2)
    this.cut()
  }
}

function pause(millis: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, millis))
}
