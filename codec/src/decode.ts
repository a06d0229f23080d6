import { Decoder } from './decoder.ts'
import { CodecError } from './errors.ts'
import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from './limits.ts'
import type { SFSArray, SFSObject } from './sfs-values.ts'
import * as Code from './type-codes.ts'

const decoder = new Decoder()

/**
 * Decodes the body of a message. Bytes after the root object are ignored; of a key that occurs twice the
 * last value counts; nothing of the result refers to the input. Throws {@link CodecError}.
 */
export function decodeObject(bytes: Uint8Array, limits: DecodeLimits = DEFAULT_DECODE_LIMITS): SFSObject {
  if (bytes.length > 0 && bytes[0] !== Code.SFS_OBJECT) throw new CodecError('not-an-object', 0)
  decoder.start(bytes, limits)
  try {
    return decoder.object()
  } finally {
    decoder.release()
  }
}

/** Decodes an SFSArray that stands by itself. Throws {@link CodecError}. */
export function decodeArray(bytes: Uint8Array, limits: DecodeLimits = DEFAULT_DECODE_LIMITS): SFSArray {
  if (bytes.length > 0 && bytes[0] !== Code.SFS_ARRAY) throw new CodecError('not-an-array', 0)
  decoder.start(bytes, limits)
  try {
    return decoder.array()
  } finally {
    decoder.release()
  }
}
