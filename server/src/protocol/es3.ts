import { PacketError } from '@warren/codec'
import {
  type Es3Message,
  encodeFrame,
  frameText,
  NulSplitter,
  readRequest,
  renderMessage,
} from '@warren/codec/es3'
import type { Framing, OutgoingPacket } from '../transport/connection.ts'
import type { Es3Protocol, RequestReader, RequestSink } from './protocol.ts'

export interface Es3Options {
  /** The longest frame that a client may send, in bytes. */
  readonly maxRequestBytes: number
}

/** The XML protocol of ElectroServer 3. */
export class Es3XmlProtocol implements Es3Protocol {
  readonly name = 'es3'
  readonly #maxFrameBytes: number

  constructor({ maxRequestBytes }: Es3Options) {
    this.#maxFrameBytes = maxRequestBytes
  }

  createReader(framing: Framing): RequestReader {
    return framing === 'stream'
      ? new StreamReader(this.#maxFrameBytes)
      : new MessageReader(this.#maxFrameBytes)
  }

  encode(message: Es3Message): OutgoingPacket {
    return { bytes: encodeFrame(renderMessage(message)), framed: undefined }
  }
}

/** A stream cuts frames anywhere; each ends in a zero byte. */
class StreamReader implements RequestReader {
  readonly #splitter: NulSplitter

  constructor(maxFrameBytes: number) {
    this.#splitter = new NulSplitter({ maxFrameBytes })
  }

  read(chunk: Uint8Array, sink: RequestSink): void {
    this.#splitter.push(chunk, frame => {
      if (sink.allowPacket()) readFrame(frame, sink)
    })
  }
}

/** A message holds one frame; whether a zero byte ends it is up to the client. */
class MessageReader implements RequestReader {
  readonly #maxFrameBytes: number

  constructor(maxFrameBytes: number) {
    this.#maxFrameBytes = maxFrameBytes
  }

  read(message: Uint8Array, sink: RequestSink): void {
    const frame = message.at(-1) === 0 ? message.subarray(0, -1) : message
    if (frame.length > this.#maxFrameBytes) {
      throw new PacketError('message-too-large', `${frame.length} bytes, at most ${this.#maxFrameBytes}`)
    }
    readFrame(frame, sink)
  }
}

/** What makes no sense costs the client this frame only. An empty one is no attempt to say something. */
function readFrame(frame: Uint8Array, sink: RequestSink): void {
  if (frame.length === 0) return
  sink.onEs3Frame(readRequest(frameText(frame)))
}
