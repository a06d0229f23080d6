import { framePacket, PacketSplitter } from '@warren/codec'
import type { Connection, ConnectionHandler, OutgoingPacket, TestServer } from '@warren/server/internal'
import type { ClientLine, Closed, PacketListener } from './line.ts'

/** More than any packet a test expects, in bytes. */
const MAX_BODY = 16 * 1024 * 1024
/** The server is told to wait when so many bytes are on their way to the client. */
const FULL = 4096

type End = Parameters<ConnectionHandler['onClose']>[0]

/**
 * A line without sockets on which bytes are under way until a test moves them on, and that it can cut at any byte, for
 * one end sooner than for the other.
 */
export class MemoryWire implements Connection, ClientLine {
  readonly transport: ClientLine['transport'] & Connection['transport']
  readonly framing: Connection['framing']
  readonly remoteAddress = '127.0.0.1'
  readonly closed: Promise<Closed>
  readonly #handler: ConnectionHandler
  readonly #onPacket: PacketListener
  readonly #splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY })
  /** Under way, as they were sent: on a message line a piece arrives when all of it does. */
  readonly #toServer: Uint8Array[] = []
  readonly #toClient: Uint8Array[] = []
  /** Bytes of the first piece that have got through, in the middle of which the line may break. */
  #throughToServer = 0
  #throughToClient = 0
  #bytesToClient = 0
  #isBlocked = false
  #clientEnd: 'open' | 'gone' = 'open'
  #serverEnd: 'open' | 'gone' = 'open'
  #closed: (closed: Closed) => void = () => undefined

  constructor(server: TestServer, framing: Connection['framing'], onPacket: PacketListener) {
    this.transport = framing === 'stream' ? 'tcp' : 'ws'
    this.framing = framing
    this.#onPacket = onPacket
    this.closed = new Promise(resolve => {
      this.#closed = resolve
    })
    this.#handler = server.accept(this)
  }

  get isOpen(): boolean {
    return this.#clientEnd === 'open'
  }

  /** Whether one of the ends is gone. */
  get isCut(): boolean {
    return this.#clientEnd === 'gone' || this.#serverEnd === 'gone'
  }

  get bufferedBytes(): number {
    return this.#bytesToClient
  }

  /** The client sends bytes, or the server packets. */
  send(sent: Uint8Array): void
  send(sent: readonly OutgoingPacket[]): boolean
  send(sent: Uint8Array | readonly OutgoingPacket[]): boolean {
    if (sent instanceof Uint8Array) {
      if (this.#clientEnd === 'open') this.#toServer.push(sent)
      return true
    }
    if (this.#serverEnd === 'gone') return true
    for (const { bytes } of sent) {
      this.#toClient.push(bytes)
      this.#bytesToClient += bytes.length
    }
    this.#isBlocked = this.#bytesToClient > FULL
    return !this.#isBlocked
  }

  allowMessage(): boolean {
    return this.#serverEnd === 'open'
  }

  established(): void {}

  pause(): void {}

  resume(): void {}

  /**
   * Either end closes, the server with a reason. What is under way is lost, or still comes from a client that has not
   * heard of it: each the worst that may happen.
   */
  close(reason?: End): void {
    if (reason !== undefined) return
    this.loseAtClient()
    this.loseAtServer('client')
  }

  abort(): void {
    this.close()
  }

  destroy(): void {
    this.close()
  }

  /** Moves up to so many bytes on to the server. @returns whether there were any */
  up(bytes: number): boolean {
    let left = bytes
    while (left > 0 && this.#serverEnd === 'open') {
      const piece = this.#toServer[0]
      if (piece === undefined) break
      const from = this.#throughToServer
      const moved = Math.min(left, piece.length - from)
      const isWhole = from + moved === piece.length
      this.#throughToServer = isWhole ? 0 : from + moved
      if (isWhole) this.#toServer.shift()
      left -= moved
      if (this.framing === 'stream') this.#handler.onBytes(piece.slice(from, from + moved))
      else if (isWhole) this.#handler.onBytes(piece)
    }
    return left < bytes
  }

  /** Moves up to so many bytes on to the client. @returns whether there were any */
  down(bytes: number): boolean {
    let left = bytes
    while (left > 0 && this.#clientEnd === 'open') {
      const piece = this.#toClient[0]
      if (piece === undefined) break
      const from = this.#throughToClient
      const moved = Math.min(left, piece.length - from)
      const isWhole = from + moved === piece.length
      this.#throughToClient = isWhole ? 0 : from + moved
      if (isWhole) this.#toClient.shift()
      this.#bytesToClient -= moved
      left -= moved
      if (this.framing === 'stream') this.#arrive(piece.slice(from, from + moved))
      else if (isWhole) this.#onPacket(piece)
    }
    if (this.#isBlocked && this.#bytesToClient <= FULL / 2 && this.#serverEnd === 'open') {
      this.#isBlocked = false
      this.#handler.onDrain()
    }
    return left < bytes
  }

  /** The client notices that the line is gone. */
  loseAtClient(): void {
    if (this.#clientEnd === 'gone') return
    this.#clientEnd = 'gone'
    this.#toClient.length = 0
    this.#closed({ code: undefined })
  }

  /** The server notices that the line is gone. */
  loseAtServer(reason: End = 'lost'): void {
    if (this.#serverEnd === 'gone') return
    this.#serverEnd = 'gone'
    this.#toServer.length = 0
    this.#handler.onClose(reason)
  }

  #arrive(bytes: Uint8Array): void {
    this.#splitter.push(bytes, (flags, body) => this.#onPacket(framePacket(body, flags)))
  }
}
