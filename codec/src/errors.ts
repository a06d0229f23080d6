/** Why bytes cannot be decoded or a value cannot be encoded. */
export type CodecReason =
  | 'truncated'
  | 'not-an-object'
  | 'not-an-array'
  | 'unknown-type'
  | 'invalid-bool'
  | 'invalid-utf8'
  | 'string-too-long'
  | 'key-too-long'
  | 'count-too-large'
  | 'too-deep'
  | 'too-many-elements'
  | 'value-out-of-range'
  | 'wrong-value'

/**
 * Thrown by the encoders and decoders of SFS values.
 * @example
 * try {
 *   sfs.say(text)
 * } catch (error) {
 *   if (error instanceof CodecError && error.reason === 'string-too-long') show('That is too long')
 * }
 */
export class CodecError extends Error {
  override readonly name = 'CodecError'
  /** What was wrong. */
  readonly reason: CodecReason
  /** Byte offset at which decoding stopped; the bytes written so far when encoding. */
  readonly offset: number

  constructor(reason: CodecReason, offset: number, detail = '') {
    super(`${reason} at byte ${offset}${detail === '' ? '' : `: ${detail}`}`)
    this.reason = reason
    this.offset = offset
  }
}

/** Why a strict getter or a put refused. */
export type SFSValueReason = 'missing' | 'wrong-type' | 'out-of-range'

/** The path of a value as seen from the parent: `shield[2]` within `avatar` is `avatar.shield[2]`. */
export function pathWithin(parent: string, path: string): string {
  return path === '' || path.startsWith('[') ? parent + path : `${parent}.${path}`
}

/**
 * Thrown by strict getters and by puts; names the path of the value.
 * @example
 * try {
 *   show(params.getInt('score'))
 * } catch (error) {
 *   if (error instanceof SFSValueError && error.reason === 'missing') show('No score yet')
 * }
 */
export class SFSValueError extends Error {
  override readonly name = 'SFSValueError'
  /** What was wrong. */
  readonly reason: SFSValueReason
  /** Key or index, with the parents in front where they are known: `avatar.shield[2]`. */
  readonly path: string
  /** What was found and what was wanted. */
  readonly detail: string

  constructor(reason: SFSValueReason, path: string, detail: string) {
    super(`${path === '' ? 'value' : path}: ${detail}`)
    this.reason = reason
    this.path = path
    this.detail = detail
  }

  /** The same error as seen from the parent. */
  within(parent: string): SFSValueError {
    return new SFSValueError(this.reason, pathWithin(parent, this.path), this.detail)
  }
}
