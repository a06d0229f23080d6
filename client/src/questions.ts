import type { Lane, Question } from './answers.ts'
import type { SFSEventName } from './events.ts'

type Kind = Pick<Question<SFSEventName>, 'lane' | 'refusedOn'>

const inLane = (lane: Lane, ...refusedOn: number[]): Kind => ({ lane, refusedOn })

/** How the events that answer requests are waited for. What may end in a join is refused as a creation or as a join. */
export const QUESTIONS = {
  login: inLane('login', 1),
  logout: inLane('logout'),
  roomJoin: inLane('rooms', 4, 6),
  roomAdd: inLane('rooms', 6),
  userExitRoom: inLane('leave'),
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
} satisfies { readonly [N in SFSEventName]?: Kind }

/** The name of an event that answers a request. */
export type AnswerName = keyof typeof QUESTIONS
