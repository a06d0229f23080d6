/** Limits while decoding, checked before anything is allocated [P-3.4.1]. */
export interface DecodeLimits {
  /** Nested SFSObjects and SFSArrays, the root included; at most {@link MAX_NESTING}. */
  readonly maxDepth: number
  /** Values in the whole message: every key, array item and element of a typed array counts one. */
  readonly maxElements: number
}

/** The limits that hold when none are given [P-3.4.3]. */
export const DEFAULT_DECODE_LIMITS: DecodeLimits = { maxDepth: 64, maxElements: 100_000 }

/** Deepest nesting that can be configured, and that the encoder writes. */
export const MAX_NESTING = 1000

/** Longest UTF_STRING in bytes and largest 16-bit count: clients read both as signed [P-3.2.2] [P-3.4.2]. */
export const MAX_COUNT = 32767

/** Longest key in bytes: the JavaScript client reads no longer one [P-3.3.1]. */
export const MAX_KEY_BYTES = 255
