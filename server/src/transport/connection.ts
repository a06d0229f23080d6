/**
 * The contract between a line to a client and whoever owns it. Transports move opaque bytes: they know
 * sockets and framing, never a user, a zone or a room.
 */

/** How the bytes of a line are cut: a stream may cut anywhere, a message holds exactly one packet. */
export type Framing = 'stream' | 'message'

/** The name a transport goes by in logs and metrics. */
export type TransportName = 'tcp' | 'tls' | 'ws' | 'wss' | 'bluebox' | 'bluebox-tls' | 'memory'

/**
 * One encoded packet, shared by all its receivers. `framed` is the transport's own cache: the same bytes
 * with the frame of a message transport around them, made by the first receiver that needs it.
 */
export interface OutgoingPacket {
  /** Never written; who holds a packet for long may put a copy in their place. */
  bytes: Uint8Array
  framed: Uint8Array | undefined
}

/** Why a line ended. `lost` is the only one that the client did not ask for and the server did not decide. */
export type CloseReason =
  | 'client' // the client closed its side in order
  | 'lost' // reset, time-out, dead line
  | 'server' // this side closed it
  | 'shutdown'
  | Refusal

/** Why this side refused a line or what came over it. Each is a label of the refusals metric. */
export type Refusal =
  | 'address-denied'
  | 'connections-per-address'
  | 'pending-handshakes'
  | 'handshake-timeout'
  | 'message-too-large'
  | 'message-rate'
  | 'byte-rate'
  | 'malformed-frame'
  | 'text-message'
  | 'malformed-request'
  | 'tls-refused'
  | 'request-timeout'
  | 'tunnels-per-address'
  | 'tunnel-unknown'
  | 'tunnel-request'
  | 'key-refused'
  | 'token-refused'
  | 'slow-client'
  | 'idle'
  | 'no-policy'
  | 'proxy-refused'
  | 'protocol'

/** What the owner of a line is told. Called by the transport, never re-entrantly from `send`. */
export interface ConnectionHandler {
  /** Bytes arrived: any part of a stream, or exactly one message. The chunk is only valid during the call. */
  onBytes(chunk: Uint8Array): void
  /** The kernel took what `send` had to keep; sending is worthwhile again. */
  onDrain(): void
  /** The line is gone. Called exactly once; nothing is called afterwards. */
  onClose(reason: CloseReason): void
}

/** One line to a client. */
export interface Connection {
  readonly transport: TransportName
  readonly framing: Framing
  /** The client's address without port; IPv4 in its plain form. */
  readonly remoteAddress: string
  /** Bytes handed to `send` that the kernel has not taken yet. */
  readonly bufferedBytes: number
  /**
   * Sends the packets in order with one write.
   * @returns false when the kernel's buffer is full; wait for `onDrain` before the next call.
   */
  send(packets: readonly OutgoingPacket[]): boolean
  /**
   * Counts one message that was cut out of a stream, before it is read. Message transports count theirs
   * themselves and always allow.
   * @returns false when the client is over its rate; the line is destroyed then, the message must not be read.
   */
  allowMessage(): boolean
  /** The handshake is done: the line no longer counts as pending. */
  established(): void
  /** Lets what was sent leave, then closes. Safe to call twice. */
  close(reason: CloseReason): void
  /** Closes at once, dropping what has not left. */
  destroy(reason: CloseReason): void
}

/** Called for every new line that passed the limits; returns who will hear of it. */
export type AcceptConnection = (connection: Connection) => ConnectionHandler
