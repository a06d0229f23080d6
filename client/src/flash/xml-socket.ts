import { encodeFrame, frameText, NulSplitter, PacketError } from '@warren/codec/es3'
import { guarded } from './guarded.ts'
import type { ByteStream, OpenStream } from './stream.ts'
import { bridgeUrl, webSocketStreams } from './websocket-stream.ts'
import { XMLNode } from './xml-node.ts'

/** A longer message ends the connection, in bytes. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024

/** How sockets find their way. */
export interface FlashSocketOptions {
  /**
   * Where the HTTP port of a Warren server is that leads to its own ports, as `wss://play.example.com`; the server of
   * the page unless given.
   */
  readonly bridge?: string
}

/**
 * The XMLSocket of ActionScript 2: texts with a zero byte between them. In pages it goes through the bridge of a Warren
 * server, in Node (`@warren/client/flash/node`) it is TCP.
 * @example
 * const server = new XMLSocket()
 * server.onConnect = success => { if (success) server.send('<hello/>') }
 * server.onXML = xml => show(xml.firstChild?.nodeName)
 * server.connect('localhost', 9999)
 */
export class XMLSocket {
  /** The connection was accepted, or failed. */
  declare onConnect?: ((success: boolean) => void) | undefined
  /** The connection is lost. Not told after `close`. */
  declare onClose?: (() => void) | undefined
  /** A message came, as it is. To be replaced by who wants it unread; what it does at first is to call `onXML`. */
  declare onData: (text: string) => void
  /** A message came. What is no XML is one piece of text. */
  declare onXML?: ((xml: XMLNode) => void) | undefined
  readonly #open: OpenStream
  #stream: ByteStream | undefined
  #isConnected = false

  constructor(options: FlashSocketOptions = {}, open?: OpenStream) {
    this.#open = open ?? webSocketStreams((host, port) => bridgeUrl(host, port, options.bridge))
    this.onData = text => this.onXML?.(XMLNode.parse(text))
  }

  /** Whether messages can be sent. */
  get connected(): boolean {
    return this.#isConnected
  }

  /**
   * Begins to connect, ending an earlier connection; `onConnect` tells what became of it.
   * @returns whether it could be tried
   */
  connect(host: string, port: number): boolean {
    this.close()
    const splitter = new NulSplitter({ maxFrameBytes: MAX_FRAME_BYTES })
    try {
      this.#stream = this.#open(host, port, {
        onOpen: () => {
          this.#isConnected = true
          guarded(() => this.onConnect?.(true))
        },
        onBytes: chunk => this.#receive(splitter, chunk),
        onEnd: () => this.#end(),
      })
      return true
    } catch {
      return false
    }
  }

  /** Sends a text, or what an object says of itself. Nothing happens without a connection. */
  send(message: unknown): void {
    if (this.#isConnected) this.#stream?.write(encodeFrame(String(message)))
  }

  /** Ends the connection. */
  close(): void {
    const stream = this.#stream
    this.#stream = undefined
    this.#isConnected = false
    stream?.close()
  }

  #receive(splitter: NulSplitter, chunk: Uint8Array): void {
    const stream = this.#stream
    try {
      splitter.push(chunk, frame => {
        const text = frameText(frame)
        // A handler may have closed it.
        if (this.#stream === stream) guarded(() => this.onData(text))
      })
    } catch (error) {
      if (!(error instanceof PacketError)) throw error
      stream?.close()
      this.#end()
    }
  }

  #end(): void {
    const wasConnected = this.#isConnected
    this.#stream = undefined
    this.#isConnected = false
    guarded(() => (wasConnected ? this.onClose?.() : this.onConnect?.(false)))
  }
}
