import type { FullConfig } from '../config.ts'
import type { Way } from './line.ts'
import type { Platform } from './platform.ts'

const DEFAULT_TCP_PORT = 9933

/** The ways to a server, the first one to be tried first. */
export function waysOf(config: FullConfig, platform: Platform): readonly [Way, ...Way[]] {
  const { host, useSSL: isSecure, httpPort, httpsPort, blueBoxPollingRate: pollMillis } = config
  const isWebSocket = platform.first === 'websocket'
  const webPort = isSecure ? httpsPort : httpPort
  const address = { host, port: config.port ?? (isWebSocket ? webPort : DEFAULT_TCP_PORT), isSecure }
  const way: Way = {
    transport: isWebSocket ? 'websocket' : isSecure ? 'tls' : 'tcp',
    open: (listener, signal) => platform.open(address, listener, signal),
  }
  if (!config.useBlueBox) return [way]
  // WebSockets and the tunnel share a port; beside TCP the tunnel has its own.
  const tunnel = { ...address, port: isWebSocket ? address.port : webPort, pollMillis }
  return [
    way,
    { transport: 'bluebox', open: (listener, signal) => platform.openTunnel(tunnel, listener, signal) },
  ]
}
