import { encodeObject, type SFSObject } from '@warren/codec'
import { RequestError } from '../../errors.ts'
import type { Emit } from '../event.ts'
import type { Room } from '../room.ts'
import type { User } from '../user.ts'
import type { Invitation, InvitationReply, InvitationText } from './invitation.ts'
import { InvitationBook } from './invitation-book.ts'

/** Invitations of one user that may be open at once; who wants more has not waited for answers. */
export const MAX_OPEN_FROM = 64
/** Invitations to one user that may be open at once; further ones do not reach him. */
export const MAX_OPEN_TO = 256
/** Bytes that may go with an invitation: they are kept while it is open. */
export const MAX_PARAMS_BYTES = 16_384

/** What invitations need of their zone. */
export interface InvitationParts {
  nextId(): number
  readonly emit: Emit
  /** Whether a user knows of another one by a room. */
  knows(user: User, other: User): boolean
}

/** The invitations of a zone, from the asking to the answer or the end of their time [P-6.15.3]. */
export class Invitations {
  readonly #parts: InvitationParts
  readonly #open = new InvitationBook()

  constructor(parts: InvitationParts) {
    this.#parts = parts
  }

  /**
   * Invites users, and tells them.
   * @param now  milliseconds, on the clock of `expire`
   * @returns one invitation for each who was reached
   * @throws RequestError too-many-invitations, invitation-too-long
   */
  invite(inviter: User, invitees: Iterable<User>, text: InvitationText, now: number): Invitation[] {
    const { params } = text
    if (params !== undefined && encodeObject(params).length > MAX_PARAMS_BYTES) {
      throw new RequestError('invitation-too-long')
    }
    const reached = [...new Set(invitees)].filter(user => this.#open.countTo(user) < MAX_OPEN_TO)
    if (this.#open.countFrom(inviter) + reached.length > MAX_OPEN_FROM) {
      throw new RequestError('too-many-invitations')
    }
    return reached.map(invitee => {
      const invitation = { ...text, id: this.#parts.nextId(), inviter, invitee }
      this.#open.add(invitation, now)
      this.#parts.emit({ type: 'invited', invitation, isKnown: this.#parts.knows(invitee, inviter) })
      return invitation
    })
  }

  /**
   * Answers an invitation, which is over then, and tells the inviter. Where it leads to a room, joining is up to the
   * caller.
   * @param user  who answers: the invited, and nobody else
   * @throws RequestError invitation-invalid
   */
  answer(
    user: User,
    id: number,
    reply: Exclude<InvitationReply, 'expired'>,
    params: SFSObject | undefined,
  ): Invitation {
    const invitation = this.#open.get(id)
    if (invitation?.invitee !== user) throw new RequestError('invitation-invalid')
    this.#end(invitation, reply, params)
    return invitation
  }

  /** Ends those whose time ran out, and tells their inviters. */
  expire(now: number): void {
    for (const invitation of this.#open.due(now)) this.#end(invitation, 'expired')
  }

  /** A user is gone: nobody can answer him. What he was asked himself runs out of time [observed]. */
  forget(inviter: User): void {
    for (const invitation of this.#open.from(inviter)) this.#open.delete(invitation)
  }

  /** A room is gone, and nobody can come into it any more. */
  close(room: Room): void {
    for (const invitation of this.#open.to(room)) this.#end(invitation, 'expired')
  }

  #end(invitation: Invitation, reply: InvitationReply, params?: SFSObject): void {
    this.#open.delete(invitation)
    const isKnown = this.#parts.knows(invitation.inviter, invitation.invitee)
    this.#parts.emit({ type: 'invitation-ended', invitation, reply, params, isKnown })
  }
}
