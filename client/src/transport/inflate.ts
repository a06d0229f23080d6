import { PacketError } from '@warren/codec'
import type { Inflate } from '../session/packets.ts'

/** Zlib makes a thousand times as much of its input at most, and does so without a pause. */
const PIECE_BYTES = 4096

/** Inflates with what browsers have. */
export const inflateNatively: Inflate = async (bytes, maxOutput) => {
  const reader = piecesOf(new Uint8Array(bytes)).pipeThrough(new DecompressionStream('deflate')).getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new PacketError('inflate-failed', String(error))
    })
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer())
    length += value.length
    if (length > maxOutput) {
      void reader.cancel().catch(() => undefined)
      throw new PacketError('inflated-too-large', `more than ${maxOutput} bytes`)
    }
    chunks.push(value)
  }
}

/** A stream that gives out the next piece when the one before has been used. */
function piecesOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream({
    pull: controller => {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + PIECE_BYTES))
      else controller.close()
      at += PIECE_BYTES
    },
  })
}
