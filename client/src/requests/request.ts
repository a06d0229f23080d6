import type { Request } from '@warren/codec'
import type { Room } from '../mirror/room.ts'
import type { User } from '../mirror/user.ts'

/** What a request needs to know about its sender. */
export interface Sender {
  readonly mySelf: User | undefined
  readonly lastJoinedRoom: Room | undefined
  /** For logins without a zone. */
  readonly defaultZone: string
  /** The proof that the client knows a password [P-8.1]. */
  passwordProof(password: string): string
}

/** A request that can be sent with `sfs.send`. */
export interface SFSRequest {
  /**
   * What is sent.
   * @throws TypeError when the request cannot be made, for instance without a room
   */
  toMessage(sender: Sender): Request
}

/** A room, by itself or its id. */
export type RoomRef = Room | number

export function roomIdOf(room: RoomRef): number {
  return typeof room === 'number' ? room : room.id
}

/** The id of a room, or of the one that was joined last. @throws TypeError when there is none */
export function targetRoomId(room: RoomRef | undefined, { lastJoinedRoom }: Sender): number {
  const target = room ?? lastJoinedRoom
  if (target === undefined) throw new TypeError('Join a room first, or name one')
  return roomIdOf(target)
}

/** Leaves out what is undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
