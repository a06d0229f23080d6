import { connect } from 'node:tls'
import { aesCipher } from '@warren/codec/node'
import type { Endpoint } from './line.ts'
import type { RawClient } from './raw-client.ts'

/** An HTTP answer, as it came. */
export interface KeyAnswer {
  /** Status line and headers. */
  readonly head: string
  readonly body: string
}

/**
 * Asks for the key of a session as the C++ client does: HTTP/1.0 without a host, a NUL behind the body, and everything
 * up to the end of the connection is the answer [P-1.4.2].
 */
export function askForKey({ host, port }: Endpoint, body: string): Promise<KeyAnswer> {
  const request = [
    'POST /BlueBox/CryptoManager HTTP/1.0',
    'Content-Type: application/x-www-form-urlencoded; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    `${body}\0`,
  ].join('\r\n')
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ host, port, rejectUnauthorized: false }, () => socket.write(request))
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('end', () => {
      const end = text.indexOf('\r\n\r\n')
      resolve({ head: text.slice(0, end), body: text.slice(end + 4) })
    })
  })
}

/** Gets the key of a session and encrypts with it from now on. @throws when the server gives none */
export async function startEncryption(client: RawClient, https: Endpoint, token: string): Promise<void> {
  const { head, body } = await askForKey(https, `SessToken=${token}`)
  if (body.length !== 44) throw new Error(`The server gave no key: ${head}`)
  client.encryptWith(aesCipher(Buffer.from(body, 'base64')))
}
