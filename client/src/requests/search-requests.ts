import { searchRequests } from '@warren/codec'
import { given } from '../given.ts'
import type { MatchExpression, RoomProperties, UserProperties } from '../match-expression.ts'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest } from './request.ts'

/**
 * Searches rooms; answered by `roomFindResult` [P-6.12.1]. A server answers one search a second [P-6.12.6].
 * @example
 * sfs.send(new FindRoomsRequest(rooms().where('isGame', '==', true), 'games', 10))
 */
export class FindRoomsRequest extends SFSRequest {
  /**
   * @param groupId  all groups when left out
   * @param limit  most results; as many as there are when 0
   */
  constructor(expression: MatchExpression<RoomProperties>, groupId?: string, limit = 0) {
    super(() =>
      outgoing(searchRequests, 'FindRooms', {
        expression: expression.rows,
        ...given({ groupId, limit: limit > 0 ? limit : undefined }),
      }),
    )
  }
}

/**
 * Searches users; answered by `userFindResult` [P-6.12.2]. A server answers one search a second [P-6.12.6].
 * @example
 * sfs.send(new FindUsersRequest(users().whereVariable('rank', '>', 5), room))
 */
export class FindUsersRequest extends SFSRequest {
  /**
   * @param target  a room, or a group by its name; the whole zone when left out
   * @param limit  most results; as many as there are when 0
   */
  constructor(expression: MatchExpression<UserProperties>, target?: RoomRef | string, limit = 0) {
    super(() =>
      outgoing(searchRequests, 'FindUsers', {
        expression: expression.rows,
        ...given({
          roomId: target === undefined || typeof target === 'string' ? undefined : idOf(target),
          groupId: typeof target === 'string' ? target : undefined,
          limit: limit > 0 ? limit : undefined,
        }),
      }),
    )
  }
}
