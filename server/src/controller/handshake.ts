import { RequestError } from '../errors.ts'
import type { Session } from '../session/session.ts'
import type { Answer, Services, SessionHandler } from './context.ts'
import { isCarriedBy } from './encryption.ts'

/** Pings of one client are at least this far apart, in milliseconds [observed]. */
const MIN_PING_DISTANCE = 850

/** The format of streamed positions [P-13.1]. */
const POSITION_FORMAT = 1

/** The oldest client API that is served [P-5]. */
const OLDEST_API = [0, 6, 0] as const

/** [P-5] Checks the client's version and gives out the session token and the settings, or brings a session back. */
export const handshake: SessionHandler<'Handshake'> = (fields, session, services) => {
  if (!isSupported(fields.apiVersion)) {
    throw new RequestError('api-obsolete', fields.apiVersion, OLDEST_API.join('.'))
  }
  session.link?.connection.established()
  if (fields.reconnectionToken !== undefined) {
    checkEncryption(session, fields.reconnectionToken, services)
    const { reconnections, clock } = services
    const count = countOf(fields.receivedPackets)
    const resumed = reconnections.resume(session, fields.reconnectionToken, count, clock.now())
    if (resumed !== undefined) return welcome(resumed, services)
  }
  if (session.state === 'connected') session.state = 'handshaken'
  session.streamsPositions = fields.positionFormat === POSITION_FORMAT
  if (fields.reconnectionToken !== undefined) {
    // The line may still log in. The answer tells of no token: one that it has stays valid.
    if (session.token === '') services.sessions.giveToken(session)
    return { name: 'ReconnectionFailure', fields: {} }
  }
  services.sessions.giveToken(session)
  if (fields.keptBytes !== undefined && fields.keptBytes > 0) session.startCounting(fields.keptBytes)
  return welcome(session, services)
}

/** A session of an encrypted zone must not go on where others can listen. @throws RequestError encryption-differs */
function checkEncryption(fresh: Session, token: string, { sessions, zones }: Services): void {
  const { identity, cipher } = sessions.ofToken(token) ?? {}
  const settings = identity && zones.zone(identity.zoneName)?.settings
  if (settings !== undefined && !isCarriedBy(settings, fresh.link?.connection, cipher !== undefined)) {
    throw new RequestError('encryption-differs')
  }
}

/** [P-8.6] The client says how many packets it has. */
export const acknowledge: SessionHandler<'Acknowledge'> = (fields, session) => {
  const count = countOf(fields.count)
  if (count === undefined || !session.acknowledged(count)) throw new RequestError('request-malformed')
  return undefined
}

/** A LONG beyond what a number holds is no count. */
function countOf(long: number | bigint | undefined): number | undefined {
  return typeof long === 'number' && long >= 0 ? long : undefined
}

function welcome(session: Session, { handshake }: Services): Answer {
  return {
    name: 'Handshake',
    fields: {
      compressionThreshold: handshake.compressionThreshold,
      maxMessageBytes: handshake.maxRequestBytes,
      token: session.token,
      ...(session.received === undefined
        ? {}
        : { keptBytes: handshake.maxFrozenBytes, receivedPackets: session.received }),
      ...(session.streamsPositions ? { positionFormat: POSITION_FORMAT } : {}),
    },
  }
}

function isSupported(version: string): boolean {
  const parts = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})/.exec(version)
  if (parts === null) return false
  for (const [index, oldest] of OLDEST_API.entries()) {
    const part = Number(parts[index + 1])
    if (part !== oldest) return part > oldest
  }
  return true
}

/** [P-6.12] Answered at any time and once; the client throws on a reply it did not ask for. */
export const pingPong: SessionHandler<'PingPong'> = (_fields, session, { clock }) => {
  const now = clock.now()
  if (now - session.lastPingAt < MIN_PING_DISTANCE) throw new RequestError('too-soon')
  session.lastPingAt = now
  return { name: 'PingPong', fields: {} }
}

/** [P-8.5] The client says that the coming end of the line is meant; it closes the line itself. */
export const manualDisconnection: SessionHandler<'ManualDisconnection'> = (_fields, session) => {
  session.isLeaving = true
  return undefined
}
