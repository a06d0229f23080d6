import type { UserRow, Vec3 } from '@warren/codec'
import { Variables } from './variable.ts'

/** A user as this client knows him: himself, or somebody who is in a room with him. */
export class User {
  readonly id: number
  readonly name: string
  /** 0 guest, 1 standard, 2 moderator, 3 administrator. */
  privilegeId: number
  /** Whether it is the user of this client. */
  readonly isItMe: boolean
  readonly variables: Variables = new Variables()
  /** Where he came into view in an MMO room, if that room tells; he may be elsewhere since. */
  aoiEntryPoint: Vec3 | undefined

  constructor({ id, name, privilegeId }: Pick<UserRow, 'id' | 'name' | 'privilegeId'>, isItMe: boolean) {
    this.id = id
    this.name = name
    this.privilegeId = privilegeId
    this.isItMe = isItMe
  }
}
