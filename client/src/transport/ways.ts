import type { FullConfig } from '../config.ts'
import type { Address, TransportName, Way } from './line.ts'
import type { Platform } from './platform.ts'

const DEFAULT_TCP_PORT = 9933

/** The ways to a server, the first one to be tried first. */
export function waysOf(config: FullConfig, platform: Platform): readonly [Way, ...Way[]] {
  const { first } = platform
  const { transport, address } = first === 'websocket' ? webSocket(config) : stream(config)
  const way: Way = { transport, open: (listener, signal) => platform.open(address, listener, signal) }
  if (!config.useBlueBox) return [way]
  const tunnel: Way = {
    transport: 'bluebox',
    open: (listener, signal) =>
      platform.openTunnel(
        { ...tunnelAddress(config, platform), pollMillis: config.blueBoxPollingRate },
        listener,
        signal,
      ),
  }
  return [way, tunnel]
}

interface Target {
  readonly transport: TransportName
  readonly address: Address
}

function webSocket({ host, port, useSSL, httpPort, httpsPort }: FullConfig): Target {
  const address = { host, port: port ?? (useSSL ? httpsPort : httpPort), isSecure: useSSL }
  return { transport: 'websocket', address }
}

function stream({ host, port, useSSL }: FullConfig): Target {
  const address = { host, port: port ?? DEFAULT_TCP_PORT, isSecure: useSSL }
  return { transport: useSSL ? 'tls' : 'tcp', address }
}

/** WebSockets and the tunnel share a port; beside TCP the tunnel has its own. */
function tunnelAddress(config: FullConfig, { first }: Platform): Address {
  if (first === 'websocket') return webSocket(config).address
  const { host, useSSL, httpPort, httpsPort } = config
  return { host, port: useSSL ? httpsPort : httpPort, isSecure: useSSL }
}
