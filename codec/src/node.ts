import { deflateSync, inflateSync } from 'node:zlib'
import { PacketError } from './errors.ts'
import type { Compression } from './packet-stages.ts'

const MIN_CHUNK = 512
const MAX_CHUNK = 16_384

/** Zlib allocates output in pieces of this size: for small bodies far less than its default. */
const chunkSize = (expected: number): number => Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, expected))

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

/** Zlib of Node, synchronous, with the output cap enforced while inflating. */
export const zlibCompression: Compression = {
  deflate: bytes => deflateSync(bytes, { chunkSize: chunkSize(bytes.length) }),
  inflate(bytes, maxOutput) {
    try {
      return inflateSync(bytes, { maxOutputLength: maxOutput, chunkSize: chunkSize(bytes.length * 4) })
    } catch (error) {
      if (isTooLarge(error)) throw new PacketError('inflated-too-large', `more than ${maxOutput} bytes`)
      throw new PacketError('inflate-failed', error instanceof Error ? error.message : '')
    }
  },
}
