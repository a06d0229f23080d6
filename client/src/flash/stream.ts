/** What the owner of a stream is told. */
export interface StreamListener {
  onOpen(): void
  /** The next bytes. They are the stream's: valid during the call only. */
  onBytes(chunk: Uint8Array): void
  /** There is no stream (any more), told once; not after `close`. @param why  for people */
  onEnd(why: string): void
}

/** Bytes both ways. What is written before it is open, or after it ended, is lost. */
export interface ByteStream {
  write(bytes: Uint8Array): void
  /** Lets what was written leave, then closes. Nothing is told any more. */
  close(): void
}

/**
 * Opens a stream to a port of a host: TCP in Node, a WebSocket in pages.
 * @throws DOMException `SecurityError` when the page may not
 */
export type OpenStream = (host: string, port: number, listener: StreamListener) => ByteStream
