import type { Lane } from './answers.ts'
import type { SFSEventName } from './events.ts'

/** Whose lane a question is in that has none of its own. */
export const SHARED_LANES: { readonly [N in SFSEventName]?: Lane } = {
  roomAdd: 'roomJoin',
  userFindResult: 'roomFindResult',
}

/**
 * The actions on which a server refuses what an event answers; none unless told. What may end in a join is refused as a
 * creation or as a join.
 */
export const REFUSED_ON: { readonly [N in SFSEventName]?: readonly number[] } = {
  login: [1],
  roomJoin: [4, 6],
  roomAdd: [6],
  roomGroupSubscribe: [15],
  roomGroupUnsubscribe: [16],
  spectatorToPlayer: [17],
  playerToSpectator: [18],
  roomNameChange: [8],
  roomPasswordStateChange: [9],
  roomCapacityChange: [19],
}
