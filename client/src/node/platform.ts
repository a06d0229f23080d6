import type { Cipher } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import type { OpenDatagrams } from '../session/datagrams.ts'
import { openBlueBox } from '../transport/bluebox.ts'
import type { Address } from '../transport/line.ts'
import type { Platform } from '../transport/platform.ts'
import { openWebSocket } from '../transport/websocket.ts'
import { cipherFrom } from './cipher.ts'
import { readConfigFile } from './config-file.ts'
import { postWith } from './http.ts'
import { openTcpWith } from './tcp.ts'
import type { TlsTrust } from './trust.ts'
import { openUdp } from './udp.ts'

const DEFAULT_TCP_PORT = 9933

/** What a client in Node can choose. */
export interface NodeOptions {
  /** What is tried first. Default `tcp`, which is TLS with `useSSL`. */
  readonly transport?: 'tcp' | 'websocket'
  /** Which certificates are trusted. Does not reach WebSockets: Node has `NODE_EXTRA_CA_CERTS` for those. */
  readonly tls?: TlsTrust
}

/** What Node has beside what browsers have. */
export interface NodePlatform extends Platform {
  /**
   * Gets the key of the session with this token from the HTTPS port [P-1.4.2].
   * @throws Error when the server gives none
   */
  readonly getCipher: (address: Address, token: string) => Promise<Cipher>
  /** Opens the way for datagrams [P-9]. */
  readonly openDatagrams: OpenDatagrams
}

/**
 * Node: TCP and TLS, the tunnel, encryption, UDP.
 * @throws TypeError when certificates are named for a WebSocket
 * @example
 * const sfs = new SmartFox({ host: 'example.com' }, {}, nodePlatform())
 */
export function nodePlatform({ transport = 'tcp', tls = {} }: NodeOptions = {}): NodePlatform {
  if (transport === 'websocket' && Object.keys(tls).length > 0) {
    throw new TypeError("Node's WebSocket trusts what NODE_EXTRA_CA_CERTS names: leave out `tls`, or use TCP")
  }
  const post = postWith(tls)
  const isTcp = transport === 'tcp'
  return {
    transport: isSecure => (isTcp ? (isSecure ? 'tls' : 'tcp') : 'websocket'),
    ...(isTcp ? { port: DEFAULT_TCP_PORT } : {}),
    open: isTcp ? openTcpWith(tls) : openWebSocket,
    openTunnel: (address, listener, signal) => openBlueBox(post, address, listener, signal),
    inflate: (bytes, maxOutput) => zlibCompression.inflate(bytes, maxOutput),
    getCipher: (address, token) => cipherFrom(post, address, token),
    openDatagrams: (address, listener) => openUdp(address, listener),
    readConfig: readConfigFile,
  }
}
