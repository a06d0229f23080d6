import type { Read } from './setting.ts'
import type { XmlElement } from './xml.ts'

/** Which addresses and ports to listen on: the first port of each kind, on one address or on all. */
export const socketAddresses: Read = element => {
  const sockets = element.children.filter(({ name }) => name === 'socket').map(socketOf)
  const hosts = [...new Set(sockets.map(({ address }) => address))]
  const listen: { tcp: number | 'off'; udp: number | 'off' } = { tcp: 'off', udp: 'off' }
  const odd: string[] = []
  for (const { address, port, type } of sockets) {
    const kind = type === 'TCP' ? 'tcp' : type === 'UDP' ? 'udp' : undefined
    if (kind === undefined || port === undefined) odd.push(`the socket ${address} ${type} is not understood`)
    else if (listen[kind] === 'off') listen[kind] = port
    else if (listen[kind] !== port) odd.push(`${type} port ${port} is not opened, because ${listen[kind]} is`)
  }
  if (hosts.length > 1) odd.push(`all addresses are listened on, as there are several: ${hosts.join(', ')}`)
  const host = hosts.length > 1 ? '0.0.0.0' : hosts[0]
  const value = host === undefined ? { listen } : { host, listen }
  return odd.length === 0 ? { value } : { value, odd: odd.join('; ') }
}

function socketOf({ attributes }: XmlElement) {
  const port = Number(attributes.get('port'))
  return {
    address: attributes.get('address') ?? '',
    port: Number.isInteger(port) && port >= 0 && port < 65_536 ? port : undefined,
    type: (attributes.get('type') ?? '').toUpperCase(),
  }
}
