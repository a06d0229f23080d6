import type { IncomingMessage } from 'node:http'
import type { Route } from '../transport/routes.ts'

/** Where clients ask for the key of their session [P-1.4.2]. */
export const CRYPTO_MANAGER_PATH = '/BlueBox/CryptoManager'

const FIELD = 'SessToken'
/** A token and its name take less than a tenth of it. */
const MAX_BODY_BYTES = 1024

/**
 * Gives out the key of a session.
 * @param token  as the client sent it; empty when it sent none
 * @returns key and initial vector; nothing when there is no key to be had for it
 */
export type GiveKey = (token: string) => Uint8Array | undefined

/**
 * Answers clients that want to encrypt, on the HTTPS port [P-1.4.2]. The answer is the bare text of the key, or
 * nothing: clients read until the connection closes, know no chunks and take every byte after the header for the key.
 */
export function cryptoManagerRoute(giveKey: GiveKey): Route {
  return {
    method: 'POST',
    path: CRYPTO_MANAGER_PATH,
    handle: async (request, response) => {
      const body = await readBody(request)
      const token = body === undefined ? '' : (new URLSearchParams(body).get(FIELD) ?? '')
      const secret = giveKey(token)
      const text = secret === undefined ? '' : Buffer.from(secret).toString('base64')
      response.writeHead(200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': text.length,
        'Cache-Control': 'no-store',
        Connection: 'close',
      })
      response.end(text)
    },
  }
}

/** The body as text; nothing if it is cut, or longer than any that could be meant: the rest is not kept then. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > MAX_BODY_BYTES) resolve(undefined)
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString('latin1')))
    request.on('error', () => resolve(undefined))
    request.on('close', () => resolve(undefined))
  })
}
