import type { Cipher } from '@warren/codec'
import { AES_SECRET_BYTES, aesCipher } from '@warren/codec/node'
import type { Post } from '../transport/http.ts'
import { type Address, addressText } from '../transport/line.ts'

/** The path of the key exchange [P-1.4.2]. */
const PATH = '/BlueBox/CryptoManager'
const KEY_MILLIS = 10_000
/** The answer is 44 characters. */
const MAX_ANSWER_BYTES = 1024

/** Gets the key of a session by HTTPS. @throws Error when the server gives none */
export async function cipherFrom(post: Post, address: Address, token: string): Promise<Cipher> {
  const url = `https://${addressText(address)}${PATH}`
  const body = `SessToken=${encodeURIComponent(token)}`
  const signal = AbortSignal.timeout(KEY_MILLIS)
  const { status, text } = await post({ url, body, maxBytes: MAX_ANSWER_BYTES, signal }).catch(error => {
    throw new Error(`No key from ${url}: ${error instanceof Error ? error.message : String(error)}`)
  })
  const secret = Buffer.from(text.trim(), 'base64')
  if (status === 200 && secret.length === AES_SECRET_BYTES) return aesCipher(secret)
  throw new Error(`No key from ${url}: the server gives none (status ${status})`)
}
