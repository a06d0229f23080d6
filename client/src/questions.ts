import type { Lane, Question } from './answers.ts'
import type { SFSEventName } from './events.ts'

type Kind = Pick<Question<SFSEventName>, 'lane' | 'refusedOn'>

const inLane = (lane: Lane, ...refusedOn: number[]): Kind => ({ lane, refusedOn })

/**
 * How events that answer requests are waited for; others have a lane of their own, and no refusal unless told. What may
 * end in a join is refused as a creation or as a join.
 */
export const QUESTIONS: { readonly [N in SFSEventName]?: Kind } = {
  login: inLane('login', 1),
  roomJoin: inLane('rooms', 4, 6),
  roomAdd: inLane('rooms', 6),
  roomGroupSubscribe: inLane('group', 15),
  roomGroupUnsubscribe: inLane('group', 16),
  roomFindResult: inLane('find'),
  userFindResult: inLane('find'),
  spectatorToPlayer: inLane('role', 17),
  playerToSpectator: inLane('role', 18),
  roomNameChange: inLane('name', 8),
  roomPasswordStateChange: inLane('password', 9),
  roomCapacityChange: inLane('capacity', 19),
  pingPong: inLane('ping'),
}
