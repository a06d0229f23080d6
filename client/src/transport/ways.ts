import type { FullConfig } from '../config.ts'
import type { Way } from './line.ts'
import type { Platform } from './platform.ts'

/** The ways to a server, the first one to be tried first. */
export function waysOf(config: FullConfig, platform: Platform): readonly [Way, ...Way[]] {
  const { host, useSSL: isSecure, httpPort, httpsPort, blueBoxPollingRate: pollMillis } = config
  const webPort = isSecure ? httpsPort : httpPort
  const address = { host, port: config.port ?? platform.port ?? webPort, isSecure }
  const way: Way = {
    transport: platform.transport(isSecure),
    open: (listener, signal) => platform.open(address, listener, signal),
  }
  if (!config.useBlueBox) return [way]
  // WebSockets and the tunnel share a port; beside TCP the tunnel has its own.
  const tunnel = { ...address, port: platform.port === undefined ? address.port : webPort, pollMillis }
  return [
    way,
    { transport: 'bluebox', open: (listener, signal) => platform.openTunnel(tunnel, listener, signal) },
  ]
}
