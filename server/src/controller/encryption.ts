import type { ZoneSettings } from '../domain/settings.ts'
import type { Link } from '../session/link.ts'
import type { Session } from '../session/session.ts'

type Connection = Link['connection']

/** Lines that TLS keeps secret, whether their packets are encrypted once more or not. */
const SECRET: ReadonlySet<Connection['transport']> = new Set(['tls', 'wss', 'bluebox-tls'])

/** Whether nobody on the way can read what a client says [P-1.4]. @param hasKey  as below */
export function isSecret(connection: Connection | undefined, hasKey: boolean): boolean {
  if (connection === undefined) return false
  return SECRET.has(connection.transport) || (hasKey && connection.framing === 'stream')
}

/** The line of somebody as far as secrets go. Who has none is nowhere, and hears nothing. */
export function lineOf(session: Session | undefined) {
  return {
    address: session?.remoteAddress ?? '',
    isEncrypted: isSecret(session?.link?.connection, session?.cipher !== undefined),
  }
}

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
