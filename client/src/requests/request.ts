import type { Room } from '../mirror/room.ts'
import type { User } from '../mirror/user.ts'
import type { Outgoing } from './outgoing.ts'

/** What a request needs to know about its sender. */
export interface Sender {
  readonly mySelf: User | undefined
  readonly lastJoinedRoom: Room | undefined
  readonly sessionToken: string
  readonly config: { readonly zone: string }
  room(id: number): Room | undefined
}

/**
 * A request that can be sent with `sfs.send`.
 * @example
 * sfs.send(new PublicMessageRequest('Hello'))
 */
export class SFSRequest {
  /**
   * What is sent.
   * @throws TypeError when the request cannot be made, for instance without a room
   * @internal
   */
  readonly toMessage: (sender: Sender) => Outgoing | Promise<Outgoing>

  /** @internal */
  constructor(toMessage: (sender: Sender) => Outgoing | Promise<Outgoing>) {
    this.toMessage = toMessage
  }
}

/** A request whose class is loaded when it is sent; what is sent after it waits. */
export function loaded(load: () => Promise<SFSRequest>): SFSRequest {
  return new SFSRequest(async sender => (await load()).toMessage(sender))
}

/** A room, by itself or its id. */
export type RoomRef = Room | number

/** A user, by itself or its id. */
export type UserRef = User | number

/** The id of a room or a user. */
export function idOf(ref: RoomRef | UserRef): number {
  return typeof ref === 'number' ? ref : ref.id
}

/** The id of a room, or of the one that was joined last. @throws TypeError when there is none */
export function targetRoomId(room: RoomRef | undefined, { lastJoinedRoom }: Sender): number {
  const target = room ?? lastJoinedRoom
  if (target === undefined) throw new TypeError('Join a room first, or name one')
  return idOf(target)
}
