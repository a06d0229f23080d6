import type { Room } from '../room.ts'
import { addTo, removeFrom } from '../rooms.ts'
import type { User } from '../user.ts'
import type { Invitation } from './invitation.ts'

const MILLIS = 1000
/** What holds for less is kept for so long [observed]. */
const MIN_SECONDS = 5

/** The invitations that are open, by whatever may end them. */
export class InvitationBook {
  readonly #byId = new Map<number, Invitation>()
  readonly #byInviter = new Map<User, Set<Invitation>>()
  readonly #byInvitee = new Map<User, Set<Invitation>>()
  readonly #byRoom = new Map<Room, Set<Invitation>>()
  /** By the second of the clock in which they end, so that looking costs nothing while nothing ends. */
  readonly #bySecond = new Map<number, Set<Invitation>>()
  readonly #endOf = new Map<Invitation, number>()
  /** Up to which second has been looked. */
  #seen = 0

  get(id: number): Invitation | undefined {
    return this.#byId.get(id)
  }

  countFrom(inviter: User): number {
    return this.#byInviter.get(inviter)?.size ?? 0
  }

  countTo(invitee: User): number {
    return this.#byInvitee.get(invitee)?.size ?? 0
  }

  /** All that a user sent. */
  from(inviter: User): Iterable<Invitation> {
    return [...(this.#byInviter.get(inviter) ?? [])]
  }

  /** All that lead to a room. */
  to(room: Room): Iterable<Invitation> {
    return [...(this.#byRoom.get(room) ?? [])]
  }

  /** @param now  in milliseconds, on the clock that `due` is asked with */
  add(invitation: Invitation, now: number): void {
    if (this.#byId.size === 0) this.#seen = Math.floor(now / MILLIS)
    const second = Math.ceil(now / MILLIS + Math.max(invitation.seconds, MIN_SECONDS))
    this.#byId.set(invitation.id, invitation)
    this.#endOf.set(invitation, second)
    addTo(this.#bySecond, second, invitation)
    addTo(this.#byInviter, invitation.inviter, invitation)
    addTo(this.#byInvitee, invitation.invitee, invitation)
    if (invitation.to !== undefined) addTo(this.#byRoom, invitation.to.room, invitation)
  }

  delete(invitation: Invitation): void {
    const second = this.#endOf.get(invitation)
    if (second === undefined) return
    this.#endOf.delete(invitation)
    this.#byId.delete(invitation.id)
    removeFrom(this.#bySecond, second, invitation)
    removeFrom(this.#byInviter, invitation.inviter, invitation)
    removeFrom(this.#byInvitee, invitation.invitee, invitation)
    if (invitation.to !== undefined) removeFrom(this.#byRoom, invitation.to.room, invitation)
  }

  /** Those whose time ran out since this was last asked, in the order in which it did. */
  due(now: number): Invitation[] {
    if (this.#byId.size === 0) return []
    const second = Math.floor(now / MILLIS)
    const due: Invitation[] = []
    for (let each = this.#seen + 1; each <= second; each++) due.push(...(this.#bySecond.get(each) ?? []))
    this.#seen = second
    return due
  }
}
