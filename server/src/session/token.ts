import { createHash, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto'

const TOKEN_BYTES = 16
/** Random bytes for the next tokens: to ask for some costs as much as to ask for many. */
const pool = Buffer.alloc(256 * TOKEN_BYTES)
let taken = pool.length

/** A session token as clients know it: 32 lower-case hex characters [P-5]. */
export function newToken(): string {
  if (taken === pool.length) {
    randomFillSync(pool)
    taken = 0
  }
  const token = pool.toString('hex', taken, taken + TOKEN_BYTES)
  pool.fill(0, taken, taken + TOKEN_BYTES)
  taken += TOKEN_BYTES
  return token
}

/** What a client encrypts with: 16 bytes of key and 16 of initial vector [P-1.4.1]. */
export function newSecret(): Uint8Array {
  return randomBytes(32)
}

/** The login's `pw` for a password: MD5 of token and password, in lower-case hex; empty for none [P-8.1]. */
export function passwordProof(token: string, password: string): string {
  return password === '' ? '' : createHash('md5').update(token).update(password, 'utf8').digest('hex')
}

/** Whether a proof fits a password, in a time that does not tell where they differ. */
export function provesPassword(token: string, password: string, proof: string): boolean {
  const expected = Buffer.from(passwordProof(token, password))
  const given = Buffer.from(proof)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** Whether two texts are the same, in a time that does not tell where they differ or how long they are. */
export function isSameSecret(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest()
  return timingSafeEqual(digest(expected), digest(given))
}
