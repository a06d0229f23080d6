import type {
  AcceptConnection,
  CloseReason,
  Connection,
  ConnectionHandler,
  Framing,
  OutgoingPacket,
} from './connection.ts'

/** How a line in memory behaves. */
export interface MemoryLineOptions {
  readonly framing: Framing
  readonly accept: AcceptConnection
  readonly remoteAddress?: string
  /** Bytes that the line keeps for a client that does not read before `send` says to wait. */
  readonly bufferBytes?: number
  /** When the owner hears that the line is closed: after the running code, as with a socket. */
  readonly defer?: (work: () => void) => void
  /** Told when the client has read something. */
  readonly onRead?: () => void
  /** Told when the line is closed, by either end. */
  readonly onClosed?: (reason: CloseReason) => void
}

/** The client's end of a line in memory. */
export interface MemoryClient {
  /** What arrived, one element a `send` of the server: the bytes of a stream, joined. */
  readonly writes: readonly Uint8Array[]
  /** What arrived, one element a packet. */
  readonly packets: readonly Uint8Array[]
  /** The server's end, as its owner sees it. */
  readonly connection: Connection
  /** Why the line is closed; undefined while it is open. */
  readonly closed: CloseReason | undefined
  /** Whether the server was told that the handshake is done. */
  readonly isEstablished: boolean
  /** Sends bytes of a stream, or one message. Nothing happens on a closed line. */
  send(bytes: Uint8Array): void
  /** Takes out what arrived so far. */
  take(): Uint8Array[]
  /** Reads nothing more until `resume`. */
  pause(): void
  resume(): void
  /** Closes in order. */
  close(): void
  /** Goes away without a word. */
  drop(): void
}

const DEFAULT_BUFFER_BYTES = 64 * 1024

/** Opens a line to a server without any socket, for tests: everything happens in a fixed order, at once. */
export function openMemoryLine(options: MemoryLineOptions): MemoryClient {
  const line = new MemoryLine(options)
  line.begin(options.accept)
  return line.client
}

class MemoryLine implements Connection {
  readonly transport = 'memory'
  readonly framing: Framing
  readonly remoteAddress: string
  readonly client: ClientEnd
  readonly #bufferBytes: number
  readonly #defer: (work: () => void) => void
  readonly #onClosed: (reason: CloseReason) => void
  #handler: ConnectionHandler | undefined
  #blocked = false
  reason: CloseReason | undefined
  isEstablished = false

  constructor(options: MemoryLineOptions) {
    this.framing = options.framing
    this.remoteAddress = options.remoteAddress ?? '127.0.0.1'
    this.#bufferBytes = options.bufferBytes ?? DEFAULT_BUFFER_BYTES
    this.#defer = options.defer ?? queueMicrotask
    this.#onClosed = options.onClosed ?? (() => undefined)
    this.client = new ClientEnd(this, options.onRead ?? (() => undefined))
  }

  begin(accept: AcceptConnection): void {
    this.#handler = accept(this)
  }

  get bufferedBytes(): number {
    return this.client.unreadBytes
  }

  send(packets: readonly OutgoingPacket[]): boolean {
    if (packets.length === 0 || this.reason !== undefined) return true
    this.client.arrive(packets.map(packet => packet.bytes))
    this.#blocked = this.client.unreadBytes >= this.#bufferBytes
    return !this.#blocked
  }

  allowMessage(): boolean {
    return this.reason === undefined
  }

  established(): void {
    this.isEstablished = true
  }

  close(reason: CloseReason): void {
    this.#end(reason)
  }

  destroy(reason: CloseReason): void {
    if (this.reason === undefined) this.client.discard()
    this.#end(reason)
  }

  /** Bytes from the client. */
  receive(bytes: Uint8Array): void {
    if (this.reason === undefined) this.#handler?.onBytes(bytes)
  }

  /** The client read all that waited. */
  drained(): void {
    if (!this.#blocked) return
    this.#blocked = false
    if (this.reason === undefined) this.#handler?.onDrain()
  }

  #end(reason: CloseReason): void {
    if (this.reason !== undefined) return
    this.reason = reason
    this.#defer(() => this.#handler?.onClose(reason))
    this.#onClosed(reason)
  }
}

class ClientEnd implements MemoryClient {
  readonly connection: MemoryLine
  writes: Uint8Array[] = []
  packets: Uint8Array[] = []
  unreadBytes = 0
  readonly #onRead: () => void
  #paused = false
  #unread: (readonly Uint8Array[])[] = []

  constructor(connection: MemoryLine, onRead: () => void) {
    this.connection = connection
    this.#onRead = onRead
  }

  get closed(): CloseReason | undefined {
    return this.connection.reason
  }

  get isEstablished(): boolean {
    return this.connection.isEstablished
  }

  arrive(packets: readonly Uint8Array[]): void {
    if (!this.#paused) {
      this.#read(packets)
      return
    }
    this.#unread.push(packets)
    for (const packet of packets) this.unreadBytes += packet.length
  }

  discard(): void {
    this.#unread = []
    this.unreadBytes = 0
  }

  send(bytes: Uint8Array): void {
    this.connection.receive(bytes)
  }

  take(): Uint8Array[] {
    const { packets } = this
    this.packets = []
    this.writes = []
    return packets
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    for (const packets of this.#unread) this.#read(packets)
    this.discard()
    this.connection.drained()
  }

  close(): void {
    this.#leave('client')
  }

  drop(): void {
    this.#leave('lost')
  }

  #leave(reason: CloseReason): void {
    this.discard()
    this.connection.close(reason)
  }

  #read(packets: readonly Uint8Array[]): void {
    this.packets.push(...packets)
    this.writes.push(join(packets))
    this.#onRead()
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
