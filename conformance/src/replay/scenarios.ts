import type { Packet } from './trace.ts'
import type { Visitor } from './visitors.ts'

/** How a trace is replayed. */
export interface Scenario {
  readonly trace: string
  /** Steps at which the server, not the recorder, closed the line. */
  readonly closedByServer?: readonly number[]
  /** Events that the server sends on a timer of its own. */
  readonly timers?: Timers
  /** Events of users who are not in the trace: other recordings ran at the same time in the same rooms. */
  readonly elsewhere?: readonly number[]
  /** Requests that are not replayed, because the part of the server they need is still to come. */
  readonly leftOut?: { readonly steps: readonly number[]; readonly reason: string }
  /** Neighbouring steps of two clients that the recorded server took in the other order. */
  readonly swapped?: readonly (readonly [number, number])[]
  /** Clients whose line has TLS. */
  readonly secure?: readonly string[]
  /** Users who logged in before the recording began. */
  readonly present?: readonly {
    readonly userId: number
    readonly zone: string
    readonly name: string
    readonly room?: string
  }[]
  /** Datagrams that came from another port than the others of their client. */
  readonly otherPorts?: readonly number[]
  /** Packets that the recorder only tells of, in its notation. */
  readonly inWords?: readonly {
    readonly step: number
    readonly client: string
    readonly flags: number
    readonly text: string
  }[]
  /** Requests in the tunnel that the recorder only tells of: in that of another step, with packets of their own. */
  readonly untold?: { readonly step: number; readonly like: number; readonly packets: readonly Packet[] }
  /** Another recording of the same conversation, and how many milliseconds after this one it began. */
  readonly with?: {
    readonly trace: string
    readonly offset: number
    /** Those of its clients who were in this conversation; all of them if left out. */
    readonly clients?: readonly string[]
  }
  /** Other recordings ran at the same time in the same rooms; what is about their users is not compared. */
  readonly amongStrangers?: true
  /** The server is stopped just before this step. */
  readonly stopsBefore?: number
  /** Requests that are replayed though the server does not carry them out yet: the recorded one was silent too. */
  readonly sentAnyway?: readonly number[]
  /** Users of other recordings whose doings the clients of this one heard of. */
  readonly visitors?: readonly Visitor[]
  /** Requests, from the first step to the last, that went out in one write. */
  readonly bursts?: readonly (readonly [number, number])[]
  /** Seconds the server leaves a line open that was told to go; the recorded one waits for the client. */
  readonly closeDelaySeconds?: number
  /** Milliseconds by which what comes after a time-out may come sooner here: the recorded server looks rarely. */
  readonly sooner?: number
}

/** Longer than any trace lasts. */
const NEVER = 86_400

/** The recorded server's timers ran before the trace began; ours are wound to the same phase. */
export interface Timers {
  readonly actions: readonly number[]
  /** Milliseconds. */
  readonly period: number
  /** Milliseconds after a whole period, on the trace's time, at which the timer fires. */
  readonly phase: number
  /** Milliseconds by which the recorded times stray from the phase. */
  readonly tolerance: number
}

/** User counts go out once a second, at whatever moment the recorded server's clock had. */
const counts = (phase: number, tolerance: number): Timers => ({
  actions: [1001],
  period: 1000,
  phase,
  tolerance,
})
/** Users of an MMO room are told at its pace, at whatever moment the recorded server's clock had. */
const views = (phase: number, more: Partial<Timers> = {}): Timers => ({
  actions: [30],
  period: 250,
  phase,
  tolerance: 12,
  ...more,
})
/** What comes after a delay comes with the next look at the clock. */
const delays = (phase: number): Timers => ({ actions: [], period: 50, phase, tolerance: 50 })

/** A call of the command that answers its parameters. */
function echo(x: number): Packet {
  return {
    flags: 0x80,
    envelope: ['c', 'a', 'p'],
    controller: 1,
    action: 13,
    params: {
      c: { t: 'UTF_STRING', v: 'echo' },
      r: { t: 'INT', v: -1 },
      p: { t: 'SFS_OBJECT', v: { x: { t: 'INT', v: x } } },
    },
    oddParams: undefined,
    length: undefined,
  }
}

/** The traces that the server can be held to. A part of the server that lands adds those it makes whole. */
export const SCENARIOS: readonly Scenario[] = [
  { trace: 'a01_handshake_ok_login_guest_ws' },
  { trace: 'a02_handshake_ok_login_tcp' },
  { trace: 'a03_handshake_bad' },
  { trace: 'a04_before_handshake_and_login' },
  { trace: 'a05_login_errors', closedByServer: [88] },
  { trace: 'a07_disconnect_variants_ws_tcp' },
  {
    trace: 'a08_idle_user',
    timers: counts(561, 60),
    closedByServer: [58, 70, 71],
    closeDelaySeconds: 10,
  },
  { trace: 'b01_join_basic_order' },
  { trace: 'b02_join_errors' },
  { trace: 'b03_game_room_players_spectators' },
  { trace: 'b04_usercount_batching', timers: counts(400, 250) },
  { trace: 'b05_groups' },
  { trace: 'b07_create_errors' },
  { trace: 'b08_create_limits_zone_maxrooms' },
  // Two zones whose timers had different phases.
  { trace: 'b09_create_badword_priv', timers: counts(300, 750) },
  { trace: 'b10_join_too_fast' },
  { trace: 'b12_find_rooms_users' },
  { trace: 'b13_create_autojoin_unsubscribed_group' },
  { trace: 'b14_find_spaced' },
  { trace: 'b15_find_room_type_props' },
  { trace: 'd02_moderator_admin_kick_ban' },
  { trace: 'd03_moderation_with_privilege_manager', timers: delays(21), closeDelaySeconds: NEVER },
  { trace: 'e01_room_variables', swapped: [[167, 168]] },
  {
    trace: 'e03_reserved_and_limits',
    elsewhere: [
      11, 13, 14, 16, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 51, 52, 53, 54, 75, 76, 87, 88,
    ],
  },
  {
    trace: 'i01_protocol_abuse_tcp',
    closedByServer: [429, 436],
    sentAnyway: [167],
    visitors: [
      {
        zone: 'BH0',
        joins: [
          { step: 302, room: 'Lobby' },
          { step: 303, room: 'Game1' },
        ],
        leaves: 473,
      },
    ],
    bursts: [
      [408, 409],
      [536, 576],
    ],
  },
  { trace: 'f02_buddy_inactive_zone' },
  { trace: 'g01_invitations', timers: counts(160, 10) },
  {
    trace: 'g02_sfsgame',
    timers: counts(300, 40),
    leftOut: {
      steps: [59],
      reason: 'the recorded server joins no game of a group that holds games of another kind',
    },
  },
  {
    trace: 'g03_quickjoin_or_create',
    leftOut: {
      steps: [9, 11, 17, 19, 25, 31],
      reason: 'the recorded server does not know this request, and answers nothing; here it works',
    },
  },
  {
    trace: 'g05_join_invitation_no_password',
    amongStrangers: true,
  },
  { trace: 'i03_throttles_ping_find_invite' },
  {
    trace: 'h01_mmo_join_limbo_first_position',
    // One round was late.
    timers: views(180, { tolerance: 165 }),
  },
  { trace: 'h02_aoi_boundary_int', timers: views(26) },
  { trace: 'h03_map_limits_z_floats', timers: views(173) },
  { trace: 'h04_throttle_250', timers: views(47, { tolerance: 25 }) },
  {
    trace: 'h06_limbo_kick',
    leftOut: { steps: [16], reason: 'the recorder had stopped listening to this client' },
  },
  { trace: 'h07_mmo_create_by_client' },
  { trace: 'h08_mmoitems_simplemmo2', timers: views(381, { actions: [30, 1001], period: 1000 }) },
  { trace: 'h09_items_api_and_usercount', timers: views(30) },
  {
    trace: 'h10_aoi_boundary_float_50ms',
    timers: views(774, { actions: [30, 1001], period: 1000 }),
    elsewhere: [9, 10, 23, 24],
  },
  { trace: 'h12_two_mmo_rooms', timers: views(247) },
  {
    trace: 'h13_limbo_long',
    leftOut: {
      steps: [35, 36, 39, 40, 43, 44],
      reason: 'the recorder had stopped listening to these clients',
    },
    elsewhere: [20, 21, 22, 23, 24, 25],
  },
  { trace: 'h14_limbo_exact' },
  {
    trace: 'j01_hrc_basic_raw_tcp',
    leftOut: { steps: [62], reason: 'the token of a live session takes it over, which would end the trace' },
  },
  { trace: 'j11_hrc_timing_solo', sooner: 2000 },
  { trace: 'j02_hrc_timeout', amongStrangers: true },
  { trace: 'j03_hrc_manual_26_and_ws', amongStrangers: true, elsewhere: [886] },
  {
    trace: 'j05_hrc_java_observer',
    with: { trace: 'j05_hrc_java_client_via_proxy', offset: -589, clients: ['conn1', 'conn2'] },
  },
  {
    trace: 'j06_bbox_observer',
    with: { trace: 'j06_bluebox_java_client_http', offset: -9957 },
    timers: counts(594, 60),
  },
  {
    trace: 'j07_bluebox_raw',
    present: [
      { userId: 159, zone: 'BH', name: 'obsb', room: 'Second' },
      { userId: 161, zone: 'BH', name: 'bbz', room: 'Second' },
    ],
    timers: { actions: [], period: 1000, phase: 10, tolerance: 0 },
    leftOut: { steps: [40, 63], reason: 'a GET, and a poll that was answered with an event from elsewhere' },
    elsewhere: [41, 64],
    untold: { step: 73, like: 68, packets: Array.from({ length: 60 }, (_, n) => echo(n)) },
  },
  { trace: 'j08_bluebox_session_expiry', timers: counts(900, 60), elsewhere: [21] },
  { trace: 'j09_udp_raw', otherPorts: [31] },
  { trace: 'j09b_udp_init_java_client', present: [{ userId: 158, zone: 'BH', name: 'java' }] },
  {
    trace: 'j10_crypto_manager_and_encrypted_zone',
    inWords: [
      { step: 21, client: 'A', flags: 0x80, text: '{c:BYTE 0, a:SHORT 29, p:{}}' },
      { step: 29, client: 'C', flags: 0xc0, text: '{c:BYTE 0, a:SHORT 1, p:{zn:"BH", un:"enc", pw:""}}' },
    ],
    timers: counts(650, 60),
    closedByServer: [30],
  },
  {
    trace: 'k01_websocket_upgrade_and_secure',
    secure: ['Ws', 'Wz'],
    present: [{ userId: 0, zone: 'BH', name: 'elsewhere', room: 'Lobby' }],
  },
  {
    trace: 'k02_server_shutdown_as_seen_by_clients',
    stopsBefore: 25,
    closedByServer: [27, 28, 29],
  },
  {
    trace: 'i04_ext_ordering',
    bursts: [
      [17, 76],
      [138, 197],
      [320, 379],
    ],
  },
  { trace: 'i05_large_messages_and_compression_threshold', closedByServer: [46, 52] },
]
