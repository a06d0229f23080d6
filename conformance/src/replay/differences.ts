import { isGameRoom, isMmoRoom, recordedRooms } from './recorded-rooms.ts'
import { elements, type Typed, type TypedObject } from './typed.ts'

/**
 * Where a trace shows a difference.
 * - `missing`: the recorded server sent the event of this step, this one does not;
 * - `extra`: this server sends the client one more event after this step was carried out;
 * - `closed`: this server closes the line that the recorder closed itself at this step;
 * - `sooner`: the event of this step comes much sooner here;
 * - `flags`: the packet of this step has other header flags here;
 * - `length`: compressed packets of the steps up to `last` are longer or shorter here, by at most `by` bytes;
 * - `reordered`: the events of the steps up to `last` come in another order here, sorted by `rank`, to each who gets
 *   them;
 * - `changed`: the event of this step has other values here; `params` makes them of those of the recording.
 */
export type Occurrence =
  | { readonly kind: 'missing' | 'closed'; readonly trace: string; readonly step: number }
  | { readonly kind: 'sooner'; readonly trace: string; readonly step: number }
  | { readonly kind: 'flags'; readonly trace: string; readonly step: number; readonly flags: number }
  | {
      readonly kind: 'length'
      readonly trace: string
      readonly step: number
      readonly last: number
      readonly by: number
    }
  | {
      readonly kind: 'reordered'
      readonly trace: string
      readonly step: number
      readonly last: number
      readonly rank: (params: TypedObject) => number
    }
  | {
      readonly kind: 'extra'
      readonly trace: string
      readonly step: number
      readonly client: string
      readonly action: number
      readonly params: TypedObject
    }
  | {
      readonly kind: 'changed'
      readonly trace: string
      readonly step: number
      readonly params: (recorded: TypedObject) => TypedObject
    }

/** A deliberate difference from the stock server. */
export interface Difference {
  /** Its anchor in docs/compatibility.md. Never changes. */
  readonly anchor: string
  /** The traces that show it; none if no trace reaches it. */
  readonly occurrences: readonly Occurrence[]
}

const built = (anchor: string, ...occurrences: Occurrence[]): Difference => ({
  anchor,
  occurrences,
})

type Changed = Extract<Occurrence, { kind: 'changed' }>

const missing = (trace: string, step: number): Occurrence => ({ kind: 'missing', trace, step })

const changed = (trace: string, step: number, params: TypedObject): Changed => ({
  kind: 'changed',
  trace,
  step,
  params: () => params,
})

const NO_ROWS: Typed = { t: 'SFS_ARRAY', v: [] }
const NOTHING: Typed = { t: 'NULL', v: null }

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

/** A user who has no variables. @param playerId  0 for somebody who is in no game */
function userRow(id: number, name: string, playerId = 0): Typed {
  const guest: Typed = { t: 'SHORT', v: 0 }
  const role: Typed = { t: 'SHORT', v: playerId }
  return { t: 'SFS_ARRAY', v: [{ t: 'INT', v: id }, { t: 'UTF_STRING', v: name }, guest, role, NO_ROWS] }
}

/** A request of client `client` is answered with a code where the stock server is silent. */
function told(trace: string, step: number, client: string, action: number, params: TypedObject): Occurrence {
  return { kind: 'extra', trace, step, client, action, params }
}

/** What members of the room 59 hear. */
function publicMessage(text: string, sender: number): TypedObject {
  return {
    r: { t: 'INT', v: 59 },
    t: { t: 'BYTE', v: 0 },
    u: { t: 'INT', v: sender },
    m: { t: 'UTF_STRING', v: text },
  }
}

const UDP = 'j09_udp_raw'

/** A message by UDP has another number. */
function numbered(step: number, number: number): Occurrence {
  return changed(UDP, step, { '(i)': { t: 'LONG', v: String(number) } })
}

/** Here the room that was joined comes before the one that was left, as they changed. */
function reorderedCounts(step: number, last: number): Occurrence {
  const rank = ({ r }: TypedObject) => (r?.v === 78 ? 0 : 1)
  return { kind: 'reordered', trace: 'g02_sfsgame', step, last, rank }
}

const KINDS = 'b15_find_room_type_props'

/** All rooms of the zone in that recording: those that are no games, and those that are. */
const allRooms = (): readonly Typed[] => [...recordedRooms(KINDS, 60), ...recordedRooms(KINDS, 56)]

/** A search that finds rooms here, where it found none. */
function found(trace: string, step: number, matches: (row: Typed) => boolean, limit = 100): Changed {
  const params = () => ({
    fr: { t: 'SFS_ARRAY', v: allRooms().filter(matches).slice(0, limit) } as const,
  })
  return { kind: 'changed', trace, step, params }
}

/** What a private message of the user 0 has in front, who has one variable that others see. */
const SENDER_OUT_OF_SIGHT: Typed = {
  t: 'SFS_ARRAY',
  v: [
    { t: 'INT', v: 0 },
    { t: 'UTF_STRING', v: 'A' },
    { t: 'SHORT', v: 0 },
    { t: 'SHORT', v: 0 },
    {
      t: 'SFS_ARRAY',
      v: [
        {
          t: 'SFS_ARRAY',
          v: [
            { t: 'UTF_STRING', v: 'hp' },
            { t: 'BYTE', v: 2 },
            { t: 'INT', v: 5 },
            { t: 'BOOL', v: false },
          ],
        },
      ],
    },
  ],
}

const MMO_CREATION = 'h07_mmo_create_by_client'
const ABUSE = 'i01_protocol_abuse_tcp'
const BURSTS = 'i04_ext_ordering'
const LARGE = 'i05_large_messages_and_compression_threshold'

/** The answers to a burst of requests, which are recorded out of order. */
function burst(
  trace: string,
  step: number,
  last: number,
  rank: (params: TypedObject) => unknown,
): Occurrence {
  return { kind: 'reordered', trace, step, last, rank: params => Number(rank(params)) }
}

/** The length of a text, also when the recorder cut it. */
function lengthOf(value: unknown): number {
  const text = String(value)
  return Number(/…\((\d+) chars\)$/.exec(text)?.[1] ?? text.length)
}

/** What an extension answered under a key. */
const answered = (params: TypedObject, key: string): unknown =>
  (params.p?.v as TypedObject | undefined)?.[key]?.v

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
  built(
    'requests-in-order',
    // Two users joined at once, and the first one's join was told after the second one's was done.
    { kind: 'missing', trace: 'e01_room_variables', step: 15 },
    ...[16, 17, 18].map(step => changed('e01_room_variables', step, { uc: { t: 'SHORT', v: 1 } })),
    // Five requests in one go, heard at once by their sender and on his return by a user without a line.
    ...[31, 32, 44, 45].map(step => missing('j01_hrc_basic_raw_tcp', step)),
    told('j01_hrc_basic_raw_tcp', 22, 'O', 7, publicMessage('m1', 137)),
    told('j01_hrc_basic_raw_tcp', 26, 'O', 7, publicMessage('m3', 137)),
    told('j01_hrc_basic_raw_tcp', 42, 'A2', 7, publicMessage('m1', 137)),
    told('j01_hrc_basic_raw_tcp', 42, 'A2', 7, publicMessage('m3', 137)),
    burst(BURSTS, 77, 136, params => answered(params, 'x')),
    burst(BURSTS, 198, 317, ({ vl }) => elements(elements(vl ?? NOTHING)[0] ?? NOTHING)[2]?.v),
    burst(BURSTS, 380, 499, ({ m }) => m?.v),
    burst(ABUSE, 577, 617, params => lengthOf(answered(params, 's'))),
  ),
  built('joins-are-queued', {
    kind: 'extra',
    trace: 'b02_join_errors',
    step: 14,
    client: 'A',
    action: 4,
    params: failure(21, 'Pass'),
  }),
  built(
    'closed-after-disconnection-event',
    // Both lines are closed at one moment here, one before the other.
    told('a08_idle_user', 69, 'Pt', 1002, { u: { t: 'INT', v: 64 } }),
  ),
  built('nesting-has-a-limit', { kind: 'missing', trace: ABUSE, step: 462 }),
  built(
    'impossible-lengths-close',
    { kind: 'missing', trace: ABUSE, step: 444 },
    { kind: 'closed', trace: ABUSE, step: 446 },
  ),
  built(
    'policy-files-grant-whom-you-name',
    { kind: 'missing', trace: ABUSE, step: 468 },
    { kind: 'missing', trace: ABUSE, step: 470 },
    { kind: 'closed', trace: ABUSE, step: 472 },
  ),
  built(
    'reading-is-not-throttled',
    ...[32, 39].map(step => ({ kind: 'sooner', trace: LARGE, step }) as const),
    // The recorder hung up before the recorded server had read the request of step 416.
    told(ABUSE, 416, 'T', 13, {
      c: { t: 'UTF_STRING', v: 'echo' },
      p: { t: 'SFS_OBJECT', v: { b: { t: 'BYTE_ARRAY', v: '…(999800 chars)' } } },
    }),
    told(ABUSE, 421, 'T', 29, {}),
  ),
  built('lines-have-limits'),
  built('long-lengths-in-four-bytes', { kind: 'flags', trace: LARGE, step: 11, flags: 0xa8 }),
  built(
    'compressed-lengths',
    { kind: 'length', trace: 'a05_login_errors', step: 58, last: 58, by: 4 },
    { kind: 'length', trace: KINDS, step: 72, last: 72, by: 5 },
    { kind: 'length', trace: ABUSE, step: 535, last: 619, by: 2 },
    { kind: 'length', trace: LARGE, step: 59, last: 89, by: 2 },
    // The recorder cut the picture of the map, and zeros stand for what is missing.
    { kind: 'length', trace: 'h08_mmoitems_simplemmo2', step: 5, last: 5, by: 12_300 },
  ),
  built('no-permessage-deflate'),
  built(
    'codes-instead-of-silence',
    told('b03_game_room_players_spectators', 134, 'C', 17, failure(35, 'Game1')),
    told('b03_game_room_players_spectators', 135, 'C', 18, failure(35, 'Game1')),
    told('b07_create_errors', 26, 'A', 6, failure(13, 'rm1', 'secret')),
    told('b07_create_errors', 28, 'A', 6, failure(13, 'rm2', 'zzz')),
    told('b07_create_errors', 33, 'A', 6, failure(17, '3')),
    told('b07_create_errors', 94, 'E', 6, failure(18, 'n')),
    told('b07_create_errors', 96, 'E', 6, failure(18, 'g')),
    told('b07_create_errors', 98, 'E', 6, failure(18, 'mu')),
    told('b07_create_errors', 115, 'E', 6, failure(17, '3')),
    told(MMO_CREATION, 33, 'C', 6, failure(18, 'maoi')),
    told(MMO_CREATION, 40, 'D', 6, failure(18, 'mllm')),
    told(MMO_CREATION, 45, 'D', 6, failure(18, 'muls')),
    told('f02_buddy_inactive_zone', 4, 'A', 200, failure(36, 'This zone has no buddy lists')),
    told('g02_sfsgame', 64, 'B', 303, failure(41)),
    told('g02_sfsgame', 151, 'A', 6, failure(13, 'gx1', 'zzz')),
    told('h12_two_mmo_rooms', 13, 'A2m', 4, failure(19, 'MMOf')),
  ),
  built(
    'mistakes-are-refused',
    missing('e03_reserved_and_limits', 84),
    // Areas of interest without a size or with a negative one, and a map whose higher limit is below its lower one.
    ...[28, 31, 43].map(step => missing(MMO_CREATION, step)),
    told(MMO_CREATION, 27, 'C', 6, failure(18, 'maoi')),
    told(MMO_CREATION, 30, 'C', 6, failure(18, 'maoi')),
    told(MMO_CREATION, 42, 'D', 6, failure(18, 'mlhm')),
  ),
  built('limits-answer'),
  built('no-count-after-room-lost', ...[92, 93, 94].map(step => missing('g02_sfsgame', step))),
  built('counts-in-order', reorderedCounts(28, 33), reorderedCounts(42, 47)),
  built('forced-logout-at-once'),
  built(
    'kick-tells-its-reason',
    told('d03_moderation_with_privilege_manager', 115, 'B3', 7, {
      sd: {
        t: 'SFS_ARRAY',
        v: [
          { t: 'INT', v: 5 },
          { t: 'UTF_STRING', v: 'M' },
          { t: 'SHORT', v: 2 },
          { t: 'SHORT', v: 0 },
          NO_ROWS,
        ],
      },
      r: { t: 'INT', v: -1 },
      t: { t: 'BYTE', v: 2 },
      u: { t: 'INT', v: 5 },
      m: { t: 'UTF_STRING', v: 'x' },
    }),
  ),
  built('buddy-state-once'),
  built('buddies-have-names'),
  built('deleted-buddy-variables-are-gone'),
  built('freed-buddies-are-told'),
  built('lists-of-guests'),
  built(
    'own-invitations-only',
    told('g01_invitations', 48, 'C', 301, failure(42)),
    missing('g01_invitations', 49),
    // It is still open, and its time runs out.
    told('g01_invitations', 77, 'A', 301, { ui: { t: 'INT', v: 41 }, ri: { t: 'BYTE', v: -1 } }),
  ),
  built(
    'match-properties-work',
    found('b14_find_spaced', 37, row => isMmoRoom(row), 2),
    found(KINDS, 32, row => isMmoRoom(row)),
    found(KINDS, 36, row => !isMmoRoom(row)),
    found(KINDS, 48, row => !isMmoRoom(row) && !isGameRoom(row)),
    found(KINDS, 52, row => isMmoRoom(row) || isGameRoom(row)),
    changed('b14_find_spaced', 85, { fu: { t: 'SFS_ARRAY', v: [userRow(215, 'fc')] } }),
    changed(KINDS, 80, { fu: { t: 'SFS_ARRAY', v: [userRow(244, 'ga'), userRow(246, 'gg', 1)] } }),
    changed(KINDS, 84, { fu: { t: 'SFS_ARRAY', v: [userRow(245, 'gc')] } }),
  ),
  built('quick-join-or-create-works'),
  built('quick-join-finds-games'),
  built('invitations-open-rooms'),
  built(
    'private-messages-in-mmo-rooms',
    ...[80, 81].map(step => changed('h01_mmo_join_limbo_first_position', step, { sd: SENDER_OUT_OF_SIGHT })),
  ),
  built('private-variables-are-private', missing('h01_mmo_join_limbo_first_position', 64)),
  built('neighbours-as-told'),
  built('variables-in-mmo-rooms-wait'),
  built('crowds-in-rooms-of-clients'),
  built('extensions-by-name'),
  built('session-takeover', missing('j01_hrc_basic_raw_tcp', 63)),
  built('waiting-events-in-bytes'),
  built('udp-belongs-to-its-session', missing(UDP, 8)),
  built(
    'udp-replays',
    missing(UDP, 23),
    // One message fewer was sent.
    numbered(27, 3),
    numbered(33, 4),
    numbered(36, 5),
  ),
  built('udp-answers-again', told(UDP, 13, 'A/udp', 0, { '(h)': { t: 'BYTE', v: 1 } })),
  built(
    'udp-falls-back',
    told(UDP, 5, 'A', 13, {
      p: { t: 'SFS_OBJECT', v: { x: { t: 'INT', v: 0 } } },
      c: { t: 'UTF_STRING', v: 'uecho' },
    }),
  ),
  built('encrypted-zones-refuse-plain-websockets', missing('k01_websocket_upgrade_and_secure', 14), {
    kind: 'closed',
    trace: 'k01_websocket_upgrade_and_secure',
    step: 16,
  }),
  built(
    'all-lines-end-at-once',
    missing('k02_server_shutdown_as_seen_by_clients', 25),
    missing('k02_server_shutdown_as_seen_by_clients', 26),
  ),
  built('tunnel-has-lengths'),
  built('silent-tunnels-are-lost'),
]
