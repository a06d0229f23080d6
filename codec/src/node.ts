import { deflateSync, inflateSync } from 'node:zlib'
import { PacketError } from './errors.ts'
import type { Compression } from './packet-stages.ts'

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

/** Zlib of Node, synchronous, with the output cap enforced while inflating. */
export const zlibCompression: Compression = {
  deflate: bytes => deflateSync(bytes),
  inflate(bytes, maxOutput) {
    try {
      return inflateSync(bytes, { maxOutputLength: maxOutput })
    } catch (error) {
      if (isTooLarge(error)) throw new PacketError('inflated-too-large', `more than ${maxOutput} bytes`)
      throw new PacketError('inflate-failed', error instanceof Error ? error.message : '')
    }
  },
}
