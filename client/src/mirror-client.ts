import { Emitter } from './emitter.ts'
import type { SFSEventName, SFSEvents } from './events.ts'
import type { BuddyList } from './mirror/buddy-list.ts'
import { Mirror } from './mirror/mirror.ts'
import type { Room } from './mirror/room.ts'
import { roomTakers } from './mirror/room-takers.ts'
import { talkTakers } from './mirror/talk-takers.ts'
import type { User } from './mirror/user.ts'

/** What a client knows of rooms and users, and the events that tell of it. */
export abstract class MirrorClient extends Emitter<SFSEvents> {
  /** @internal */
  protected readonly mirror: Mirror = new Mirror((name, event) => this.happened(name, event), {
    ...roomTakers,
    ...talkTakers,
  })

  /** The user of this client, from login to logout. */
  get mySelf(): User | undefined {
    return this.mirror.mySelf
  }

  /** The buddy list, from `init` of `Buddies` to logout. */
  get buddyList(): BuddyList | undefined {
    return this.mirror.buddyList
  }

  /** The room that was joined last, of those that this client is in. */
  get lastJoinedRoom(): Room | undefined {
    return this.mirror.lastJoinedRoom
  }

  /** The rooms that this client is in, in the order in which it came in. */
  get joinedRooms(): readonly Room[] {
    return this.mirror.joinedRooms
  }

  /** The rooms that are known: those of the groups that are subscribed, and those that this client is in. */
  get rooms(): readonly Room[] {
    return this.mirror.rooms
  }

  /** The users that are known: those who are in a room with this client, and its own. */
  get users(): readonly User[] {
    return this.mirror.users
  }

  /**
   * A room that is known, by id or name.
   * @example
   * const lobby = sfs.room('Lobby')
   */
  room(idOrName: number | string): Room | undefined {
    return this.mirror.room(idOrName)
  }

  /**
   * A user who is known, by id or name.
   * @example
   * const bob = sfs.user('Bob')
   */
  user(idOrName: number | string): User | undefined {
    return this.mirror.user(idOrName)
  }

  /** The mirror has changed, or something was said. @internal */
  protected happened<N extends SFSEventName>(name: N, event: SFSEvents[N]): void {
    this.emit(name, event)
  }
}
