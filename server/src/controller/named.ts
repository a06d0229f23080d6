import { RequestError } from '../errors.ts'

/** Users, rooms or groups that one request may name. */
export const MAX_NAMED = 32

/** Each of the named once, in their order. @throws RequestError request-malformed, when the request names too many */
export function named<T>(all: ArrayLike<T>): readonly T[] {
  if (all.length > MAX_NAMED) throw new RequestError('request-malformed')
  return [...new Set(Array.from(all))]
}
