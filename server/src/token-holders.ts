import { aesCipher } from '@warren/codec/node'
import type { Zone } from './domain/zone.ts'
import type { ExtensionHost } from './extension/host.ts'
import type { Counters } from './observe/counters.ts'
import type { Log } from './observe/log.ts'
import type { Session } from './session/session.ts'
import { sessionLabels } from './session/session-labels.ts'
import type { Sessions } from './session/sessions.ts'
import { newSecret } from './session/token.ts'
import type { Uploader } from './upload/uploads.ts'

/** What it takes to know who is meant by a token. */
export interface TokenHolderParts {
  readonly sessions: Sessions
  readonly extensions: ExtensionHost
  readonly counters: Counters
  readonly log: Log
  zoneOf(session: Session): Zone | undefined
}

/** What clients may have over HTTP by showing the token of their session. */
export class TokenHolders {
  readonly #parts: TokenHolderParts

  constructor(parts: TokenHolderParts) {
    this.#parts = parts
  }

  /**
   * Gives the session of a token a key, once, between handshake and login [P-1.4.2]. From then on both sides encrypt.
   * @returns key and initial vector; nothing, and counted, when there is none to be had
   */
  giveKey(token: string): Uint8Array | undefined {
    const { sessions, counters, log } = this.#parts
    const session = sessions.ofToken(token)
    // A login that is being decided was checked against the line as it was [P-1.4.5].
    const mayHave =
      session?.state === 'handshaken' &&
      session.waiting === undefined &&
      session.link?.connection.framing === 'stream'
    if (!mayHave || session.cipher !== undefined) {
      counters.refuse('key-refused')
      log.debug(
        { ...(session === undefined ? {} : sessionLabels(session)), reason: 'key-refused' },
        'A key is asked for where there is none to be had',
      )
      return undefined
    }
    const secret = newSecret()
    sessions.giveKey(session, aesCipher(secret))
    return secret
  }

  /** Who sends files with this token; undefined unless its session is logged in. */
  uploader(token: string): Uploader | undefined {
    const { sessions, extensions, zoneOf } = this.#parts
    const session = sessions.ofToken(token)
    const zone = session && zoneOf(session)
    const user = session?.identity && zone?.user(session.identity.id)
    if (session?.state !== 'logged-in' || zone === undefined || user === undefined) return undefined
    return {
      session,
      isThere: () => session.state === 'logged-in' && session.identity?.id === user.id,
      hasTaker: () => extensions.hasHandler('fileUpload', zone),
      hand: form => extensions.announce('fileUpload', { user, ...form }, zone, []),
    }
  }
}
