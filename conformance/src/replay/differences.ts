import type { Typed, TypedObject } from './typed.ts'

/**
 * Where a trace shows a difference.
 * - `missing`: the recorded server sent the event of this step, this one does not;
 * - `extra`: this server sends the client one more event after this step was carried out;
 * - `changed`: the event of this step has other values here; `params` replace those of the recording.
 */
export type Occurrence =
  | { readonly kind: 'missing'; readonly trace: string; readonly step: number }
  | {
      readonly kind: 'extra'
      readonly trace: string
      readonly step: number
      readonly client: string
      readonly action: number
      readonly params: TypedObject
    }
  | { readonly kind: 'changed'; readonly trace: string; readonly step: number; readonly params: TypedObject }

/** A deliberate difference from the stock server. */
export interface Difference {
  /** Its anchor in docs/compatibility.md. Never changes. */
  readonly anchor: string
  /** Whether the server behaves so today, or the part it belongs to is still to come. */
  readonly status: 'built' | 'planned'
  /** The traces that show it; none if no trace reaches it. */
  readonly occurrences: readonly Occurrence[]
}

const built = (anchor: string, ...occurrences: Occurrence[]): Difference => ({
  anchor,
  status: 'built',
  occurrences,
})
const planned = (anchor: string): Difference => ({ anchor, status: 'planned', occurrences: [] })

/** A room of a trace as it is told here, nobody in it. */
function ordinaryRoom(id: number, name: string, maxUsers: number): Typed {
  const no: Typed = { t: 'BOOL', v: false }
  return {
    t: 'SFS_ARRAY',
    v: [
      { t: 'INT', v: id },
      { t: 'UTF_STRING', v: name },
      { t: 'UTF_STRING', v: 'default' },
      no,
      no,
      no,
      { t: 'SHORT', v: 0 },
      { t: 'SHORT', v: maxUsers },
      { t: 'SFS_ARRAY', v: [] },
    ],
  }
}

function failure(code: number, ...args: string[]): TypedObject {
  return { ep: { t: 'UTF_STRING_ARRAY', v: args }, ec: { t: 'SHORT', v: code } }
}

/** Client A asks for a login at one step, the stock server lets it in at the other. */
function loginWithoutHandshake(trace: string, asks: number, letIn: number): Occurrence[] {
  const params = failure(28, 'Send a handshake before the login')
  return [
    { kind: 'missing', trace, step: letIn },
    { kind: 'extra', trace, step: asks, client: 'A', action: 1, params },
  ]
}

/** Every deliberate difference. docs/compatibility.md gives the reason of each under the same anchor. */
export const DIFFERENCES: readonly Difference[] = [
  built(
    'login-needs-handshake',
    ...loginWithoutHandshake('a03_handshake_bad', 24, 25),
    ...loginWithoutHandshake('a03_handshake_bad', 38, 39),
    ...loginWithoutHandshake('a03_handshake_bad', 44, 45),
    ...loginWithoutHandshake('a03_handshake_bad', 71, 72),
    ...loginWithoutHandshake('a04_before_handshake_and_login', 1, 2),
  ),
  built('requests-in-order'),
  built('joins-are-queued', {
    kind: 'extra',
    trace: 'b02_join_errors',
    step: 14,
    client: 'A',
    action: 4,
    params: failure(21, 'Pass'),
  }),
  built('every-ping-is-answered'),
  built('closed-after-disconnection-event'),
  built('nesting-has-a-limit'),
  built('impossible-lengths-close'),
  built('reading-is-not-throttled'),
  built('lines-have-limits'),
  built('no-permessage-deflate'),
  built('reconnection-not-yet', {
    kind: 'changed',
    trace: 'a02_handshake_ok_login_tcp',
    step: 3,
    params: { rs: { t: 'SHORT', v: 0 } },
  }),
  built('mmo-rooms-not-yet', {
    kind: 'changed',
    trace: 'a02_handshake_ok_login_tcp',
    step: 7,
    params: {
      rl: { t: 'SFS_ARRAY', v: [ordinaryRoom(49, 'The Map', 5000), ordinaryRoom(50, 'The Other Map', 5000)] },
    },
  }),
  planned('codes-instead-of-silence'),
  planned('mistakes-are-refused'),
  planned('limits-answer'),
  planned('no-count-after-room-lost'),
  planned('buddy-state-once'),
  planned('own-invitations-only'),
  planned('match-properties-work'),
  planned('quick-join-or-create-works'),
  planned('private-messages-in-mmo-rooms'),
  planned('extensions-by-name'),
  planned('session-takeover'),
  planned('waiting-events-in-bytes'),
  planned('udp-belongs-to-its-session'),
  planned('udp-replays'),
  planned('key-given-once'),
  planned('encrypted-zones-refuse-plain-websockets'),
  planned('tunnel-has-lengths'),
  planned('silent-tunnels-are-lost'),
]
