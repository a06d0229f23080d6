import type { SFSObject } from '@warren/codec'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { LoginHook } from './login.ts'

/** A request of a client to an extension [P-4.2]. */
export interface ExtensionRequest {
  readonly command: string
  readonly params: SFSObject
  readonly user: User
  readonly zone: Zone
  /** The room whose extension is asked; the zone's when undefined. */
  readonly room: Room | undefined
  /** It came as a datagram: it may be late, out of order, or never come [P-9.3]. */
  readonly overUdp: boolean
  /** Which of the extensions there is asked. Left out: whichever answers to the command. */
  readonly extension?: string
  /** The params are texts, whatever the extension wants: its schema says what they are to be. */
  readonly hasTexts?: boolean
}

/** A message that extensions may look at before anybody else does. */
export interface MessageDraft {
  readonly user: User
  readonly text: string
  readonly params: SFSObject | undefined
  /** Of a public message. */
  readonly room?: Room
  /** Of a private message, or one to a buddy. */
  readonly recipient?: User | undefined
}

/** What becomes of a message: it goes on, changed or not, or nobody hears it. */
export type MessageFate = { readonly text: string; readonly params: SFSObject | undefined } | 'vetoed'

/** Messages that extensions are asked about. */
export type MessageKind = 'publicMessage' | 'privateMessage' | 'buddyMessage'

/** What controllers ask of extensions. */
export interface ExtensionPort {
  /**
   * Answers a request.
   * @returns a promise while the answer takes time; it rejects with a RequestError only
   * @throws RequestError command-unknown, params-invalid
   */
  request(request: ExtensionRequest): Promise<void> | undefined
  /** Who decides about logins to a zone; undefined when nobody wants to. */
  loginHook(zone: Zone): LoginHook | undefined
  /** Lets extensions change or veto a message; undefined when none cares. */
  judge(kind: MessageKind, zone: Zone, message: MessageDraft): MessageFate | Promise<MessageFate> | undefined
}

/** Where there are no extensions. */
export const NO_EXTENSIONS: ExtensionPort = {
  request: () => {
    throw new RequestError('command-unknown')
  },
  loginHook: () => undefined,
  judge: () => undefined,
}
