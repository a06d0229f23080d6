import { SFSType } from '@warren/codec'
import type { RoomVariableChange } from '../room-variables.ts'
import type { User } from '../user.ts'
import type { ServerFlags } from '../variable.ts'

/** The rules of a game room whose players the server finds and lets in (SFSGame) [P-6.15]. */
export interface Game {
  /** Who matches may come in; else only who is invited. */
  readonly isPublic: boolean
  /** With so many players it starts. */
  readonly minPlayers: number
  /** Whether the group is told when it starts and stops, by the variable `$GS`. */
  readonly notifiesStart: boolean
  /** Whether a user who was not invited is what the game asks for. */
  admits(user: User, asSpectator: boolean): boolean
}

/** The variable that says whether a game has its players [P-6.15.2]. */
export const GAME_STARTED = '$GS'

/** That variable, for a value. It belongs to the server, and the whole group sees it. */
export function startedVariable(hasStarted: boolean): RoomVariableChange & ServerFlags {
  return {
    name: GAME_STARTED,
    value: { type: SFSType.BOOL, value: hasStarted },
    isPrivate: true,
    isPersistent: false,
    isGlobal: true,
    isHidden: false,
  }
}
