import type { ZoneSettings } from '../domain/settings.ts'
import type { Link } from '../session/link.ts'

type Connection = Link['connection']

/** Lines that TLS keeps secret, whether their packets are encrypted once more or not. */
const SECRET: ReadonlySet<Connection['transport']> = new Set(['tls', 'wss', 'bluebox-tls'])

/**
 * Whether users of a zone may be on such a line [P-1.4.5].
 * @param connection  undefined where there is none, which is no objection
 * @param hasKey  the session encrypts its packets, on lines that are streams
 */
export function isCarriedBy(
  zone: Pick<ZoneSettings, 'isEncrypted' | 'allowPlainWebSockets'>,
  connection: Connection | undefined,
  hasKey: boolean,
): boolean {
  if (!zone.isEncrypted) return !hasKey
  if (connection === undefined || SECRET.has(connection.transport)) return true
  if (connection.framing === 'stream') return hasKey
  return zone.allowPlainWebSockets
}
