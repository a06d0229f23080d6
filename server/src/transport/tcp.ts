import { createServer, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import type { Batches } from './batch.ts'
import type { AcceptConnection, CloseReason, Framing } from './connection.ts'
import type { FlashPolicy } from './flash-policy.ts'
import type { Admission } from './limits.ts'
import type { Lines } from './lines.ts'
import { type ListenAddress, listen, stopListening } from './listen.ts'
import { sniff } from './sniff.ts'
import { SocketLine } from './socket-line.ts'
import { StuckWatch } from './stuck.ts'
import { type Certificate, secureContext, startTls, TLS_REFUSED } from './tls.ts'

/** The kernel sends ten keep-alive probes, one a second, and waits for the last before it gives a line up. */
const KEEP_ALIVE_PROBE_SECONDS = 11

/** What is said of a Flash Player that is answered with a policy without grants. */
export const NO_POLICY = 'Flash Player asked for a policy, and flash.domains names nobody'

/** What a TCP listener needs. */
export interface TcpOptions extends ListenAddress {
  /** With a certificate, clients whose first byte starts TLS get it on the same port. */
  readonly tls?: Certificate | undefined
  readonly lines: Lines
  /**
   * Called when the first byte of a line has come: half-open lines cost their owner nothing. Left out: the port serves
   * the policy file and nothing else.
   */
  readonly accept: AcceptConnection | undefined
  /**
   * For a language in which the server has the first word: `accept` is called after so many milliseconds without a
   * byte. Those are for Flash Player and TLS, which speak first; 0 leaves them no time.
   */
  readonly greetAfterMillis?: number | undefined
  /** What Flash Player is answered that asks for it in place of the first request; left out: it is not recognised. */
  readonly policy?: FlashPolicy | undefined
  /** Reads the kernel's table of TCP sockets; for tests. */
  readonly readTcpTable?: (() => Promise<string>) | undefined
}

/** An open port. */
export interface Listener {
  readonly port: number
  /** Lines that are open on this port. */
  readonly connections: number
  /** Stops listening; open lines stay (see `Lines.shutdown`). Resolves when the port is free. */
  close(): Promise<void>
}

/**
 * Listens for clients on TCP.
 * @throws ListenError when the port cannot be had; Error when the certificate cannot be used
 */
export async function listenTcp(options: TcpOptions): Promise<Listener> {
  const { lines, accept, policy, greetAfterMillis } = options
  const tls = options.tls && secureContext(options.tls)
  const server = createServer({
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: Math.max(1, lines.limits.deadLineSeconds - KEEP_ALIVE_PROBE_SECONDS) * 1000,
  })
  const port = await listen(server, options)
  const stuck = new StuckWatch({ port, deadMillis: lines.deadMillis, read: options.readTcpTable })
  policy?.add(port)
  const door: Door = { accept, tls, policy, greetAfterMillis, stuck, connections: 0 }
  lines.watch(now => {
    if (door.connections > 0) void stuck.sweep(now)
  })
  server.on('connection', socket => {
    const admission = lines.admit(socket.remoteAddress)
    if (admission === undefined) socket.destroy()
    else new TcpLine(lines, admission, socket, door)
  })
  server.on('error', error => lines.fault(error, 'listening on TCP'))
  return {
    port,
    get connections() {
      return door.connections
    },
    close: () => stopListening(server),
  }
}

/** What the lines of one port share. */
interface Door {
  readonly accept: AcceptConnection | undefined
  readonly tls: SecureContext | undefined
  readonly policy: FlashPolicy | undefined
  readonly greetAfterMillis: number | undefined
  readonly stuck: StuckWatch
  connections: number
}

const kLine = Symbol('line')

/** A socket that knows its line, so that all lines share their listeners. */
type LineSocket = Socket & { [kLine]: TcpLine }

/** One client on TCP, plain or with TLS. */
class TcpLine extends SocketLine {
  readonly framing: Framing = 'stream'
  readonly #door: Door
  /** First bytes that do not tell yet what the client wants. */
  #held: Buffer | undefined
  /** Runs until the server has the first word. */
  #greeting: NodeJS.Timeout | undefined

  constructor(lines: Lines, admission: Admission, socket: Socket, door: Door) {
    super(lines, admission, socket, 'tcp')
    this.#door = door
    door.connections++
    this.#attach(socket)
    socket.on('close', onClose)
    this.#greetLater()
  }

  allowMessage(): boolean {
    return this.countMessage()
  }

  received(chunk: Buffer): void {
    if (!this.admitBytes(chunk.length)) return
    const bytes = this.handler === undefined ? this.#begin(chunk) : chunk
    if (bytes !== undefined) this.deliver(bytes)
  }

  /** The close that follows comes a turn later: what is sent until then would be lost with the line. */
  failed(): void {
    this.#left('lost')
  }

  /** So it is when the client ends its side, unless something is still on its way to it. */
  override clientEnded(): void {
    super.clientEnded()
    if (this.bufferedBytes === 0) this.#left('client')
  }

  closed(): void {
    clearTimeout(this.#greeting)
    this.#door.connections--
    this.#left('client')
  }

  /** Who goes before his first byte inside of TLS may not trust the certificate. */
  #left(reason: CloseReason): void {
    if (this.transport === 'tls' && this.handler === undefined) this.noteRefusal('tls-refused', TLS_REFUSED)
    this.gone(reason)
  }

  protected batches(): Batches {
    return this.lines.streams
  }

  /** The kernel's keep-alive probes find a dead line that is idle, the watch one that is not. */
  protected probe(now: number): boolean {
    const { remotePort } = this.socket
    if (remotePort !== undefined && this.#door.stuck.isDead(this.remoteAddress, remotePort, now)) this.lose()
    return false
  }

  protected endInOrder(): void {
    this.socket.end()
  }

  protected endAtOnce(): void {
    this.socket.destroy()
  }

  /** Looks at the first bytes. @returns what is for the owner; undefined when nothing is, or nothing yet */
  #begin(chunk: Buffer): Buffer | undefined {
    clearTimeout(this.#greeting)
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk])
    this.#held = undefined
    const opening = sniff(bytes)
    if (opening === 'tls' && this.transport === 'tcp') {
      if (this.#door.tls === undefined) this.refuse('protocol', 'TLS on a port without a certificate')
      else this.#startTls(bytes, this.#door.tls)
      return undefined
    }
    const { policy } = this.#door
    if (policy !== undefined && opening === 'policy-request') {
      this.#givePolicy(policy)
      return undefined
    }
    if (policy !== undefined && opening === 'undecided') {
      this.#held = Buffer.from(bytes)
      return undefined
    }
    return this.#enter() ? bytes : undefined
  }

  #givePolicy(policy: FlashPolicy): void {
    this.lines.stats.policyRequests++
    if (!policy.grantsAnybody) this.lines.refused('no-policy', NO_POLICY, this.remoteAddress)
    this.socket.write(policy.file)
    this.close('server')
  }

  /** Finds the line's owner. */
  #enter(): boolean {
    const { accept } = this.#door
    if (accept !== undefined) return this.accept(accept)
    this.refuse('protocol', 'Something else than a policy request on the policy port')
    return false
  }

  #greetLater(): void {
    const { greetAfterMillis } = this.#door
    if (greetAfterMillis === undefined) return
    this.#greeting = setTimeout(() => this.#enter(), greetAfterMillis)
  }

  #startTls(chunk: Buffer, context: SecureContext): void {
    const plain = this.socket
    plain.removeListener('data', onData)
    plain.removeListener('drain', onDrain)
    plain.removeListener('end', onEnd)
    plain.pause()
    plain.unshift(chunk)
    this.socket = startTls(plain, context)
    this.transport = 'tls'
    this.#attach(this.socket)
    this.#greetLater()
  }

  #attach(socket: Socket): void {
    ;(socket as LineSocket)[kLine] = this
    socket.on('data', onData)
    socket.on('drain', onDrain)
    socket.on('end', onEnd)
    socket.on('error', onError)
  }
}

function onData(this: Socket, chunk: Buffer): void {
  ;(this as LineSocket)[kLine].received(chunk)
}

function onDrain(this: Socket): void {
  ;(this as LineSocket)[kLine].drained()
}

function onEnd(this: Socket): void {
  ;(this as LineSocket)[kLine].clientEnded()
}

/** Close follows. */
function onError(this: Socket): void {
  ;(this as LineSocket)[kLine].failed()
}

function onClose(this: Socket): void {
  ;(this as LineSocket)[kLine].closed()
}
