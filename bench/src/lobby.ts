/**
 * `node bench/src/lobby.ts`: what a crowded lobby costs. A zone at full size and at a tenth of it, without sockets;
 * each step is timed from the client's bytes to the bytes that leave, and its growth is printed: ten times as much
 * to touch may cost ten times as much, what touches one room may not cost more because others exist.
 */
import { encodePacket, encodeRequest, type RequestFields, type RequestName, SFSType } from '@warren/codec'
import {
  type Connection,
  type ConnectionHandler,
  DEFAULT_FLOOD_FILTER,
  DEFAULT_WORD_FILTER,
  type OutgoingPacket,
  TestServer,
} from '@warren/server/internal'

const FULL = { rooms: 5000, users: 10_000, members: 1000 }
const TENTH = { rooms: 500, users: 1000, members: 100 }
const ROUNDS = 200

type Size = typeof FULL

/** A client without a line: its bytes are counted and forgotten. */
class Guest implements Connection {
  readonly transport = 'memory'
  readonly framing = 'message'
  readonly remoteAddress = '127.0.0.1'
  readonly bufferedBytes = 0
  received = 0
  handler: ConnectionHandler | undefined

  send(packets: readonly OutgoingPacket[]): boolean {
    for (const packet of packets) this.received += packet.bytes.length
    return true
  }
  allowMessage(): boolean {
    return true
  }
  established(): void {}
  close(): void {}
  destroy(): void {}

  ask<N extends RequestName>(name: N, fields: RequestFields<N>): void {
    this.handler?.onBytes(encodePacket(encodeRequest(name, fields)))
  }
}

const EVENTS = { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true }
const PERMISSIONS = { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false }

function openServer(size: Size): TestServer {
  const rooms = Array.from({ length: size.rooms }, (_, n) => ({
    name: `Room ${n}`,
    group: 'default',
    password: '',
    maxUsers: 20_000,
    maxSpectators: 0,
    isGame: n % 2 === 1,
    isHidden: false,
    maxVariables: 10,
    variables: [
      {
        name: 'level',
        value: { type: SFSType.INT, value: n % 100 },
        isPrivate: false,
        isPersistent: true,
        isGlobal: true,
        isHidden: false,
      },
    ],
    autoRemove: 'never' as const,
    onlyOwnerInvites: true,
    filterWords: false,
    permissions: PERMISSIONS,
    events: EVENTS,
    extensions: [],
  }))
  return new TestServer({
    maxQueuedBytes: 1 << 30,
    zones: [
      {
        name: 'Lobby',
        maxUsers: size.users + ROUNDS + 10,
        allowGuestUsers: true,
        guestUserNamePrefix: 'Guest#',
        publicRoomGroups: ['default'],
        // Only those who are measured hear of the group, else ten thousand logins bring ten thousand lists.
        defaultRoomGroups: [],
        userCountChangeUpdateInterval: 1000,
        userReconnectionSeconds: 0,
        maxUserIdleSeconds: 0,
        isEncrypted: false,
        allowPlainWebSockets: false,
        silentErrors: false,
        forceLogout: false,
        maxFailedLogins: 0,
        maxUserVariables: 10,
        maxRoomVariables: 10,
        minRoomNameChars: 1,
        maxRoomNameChars: 20,
        maxRooms: size.rooms,
        maxRoomsCreatedPerUser: 10,
        wordFilter: { ...DEFAULT_WORD_FILTER, words: [] },
        floodFilter: DEFAULT_FLOOD_FILTER,
        privileges: { active: false, profiles: [] },
        disabledEvents: [],
        extensions: [],
        clientRoomExtensions: [],
        clientRoomMaxVisibleUsers: 0,
        rooms,
      },
    ],
  })
}

function enter(server: TestServer): Guest {
  const guest = new Guest()
  guest.handler = server.accept(guest)
  guest.ask('Handshake', { apiVersion: '1.8.6', clientType: 'Bench' })
  guest.ask('Login', { zoneName: 'Lobby', userName: '', password: '' })
  return guest
}

interface Timing {
  readonly p50: number
  readonly p99: number
}

/** Milliseconds of one step over many rounds, bytes written out included. */
async function time(server: TestServer, step: (round: number) => void): Promise<Timing> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // Searches of one user keep their distance; time is the server's own and costs nothing.
    await server.advance(1000)
    const started = performance.now()
    step(round)
    server.core.flush()
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  return { p50: times[ROUNDS >> 1] ?? 0, p99: times[Math.floor(ROUNDS * 0.99)] ?? 0 }
}

async function measure(size: Size): Promise<ReadonlyMap<string, Timing>> {
  const server = openServer(size)
  const crowd = Array.from({ length: size.users }, () => enter(server))
  server.core.flush()
  const [first, second] = crowd
  if (first === undefined || second === undefined) throw new Error('Nobody is in the zone')
  for (const guest of crowd.slice(0, size.members)) guest.ask('JoinRoom', { roomName: 'Room 0' })
  for (const guest of crowd.slice(0, size.members)) guest.ask('SubscribeRoomGroup', { groupId: 'default' })
  server.core.flush()
  const zone = server.core.zones.zone('Lobby')
  const hall = zone?.roomByName('Room 0')
  if (hall === undefined) throw new Error('Room 0 is missing')

  const timings = new Map<string, Timing>()
  const fresh = Array.from({ length: ROUNDS }, () => enter(server))
  timings.set(
    'room list of the whole zone',
    await time(server, round => fresh[round]?.ask('SubscribeRoomGroup', { groupId: 'default' })),
  )
  const expression = [
    { logic: null, name: '${UC}', type: 1, symbol: '<', value: 10 },
    { logic: 'AND', name: '${ISG}', type: 0, symbol: '==', value: true },
    { logic: 'AND', name: 'level', type: 1, symbol: '>', value: 98 },
  ]
  timings.set(
    'FindRooms, three conditions',
    await time(server, () => second.ask('FindRooms', { expression, groupId: 'default', limit: 20 })),
  )
  timings.set(
    'FindRooms, three conditions, nothing found',
    await time(server, () =>
      second.ask('FindRooms', {
        expression: [
          ...expression.slice(0, 2),
          { logic: 'AND', name: 'level', type: 1, symbol: '>', value: 500 },
        ],
      }),
    ),
  )
  timings.set(
    'room variable to all who are in the room',
    await time(server, round =>
      first.ask('SetRoomVariables', {
        roomId: hall.id,
        variables: [
          {
            name: 'score',
            type: 2,
            value: { type: SFSType.INT, value: round },
            isPrivate: false,
            isPersistent: false,
          },
        ],
      }),
    ),
  )
  const wanderer = enter(server)
  timings.set(
    'joining one room, leaving another',
    await time(server, round => wanderer.ask('JoinRoom', { roomName: `Room ${100 + (round % 200)}` })),
  )
  return timings
}

const tenth = await measure(TENTH)
const full = await measure(FULL)
const cell = (value: number) => value.toFixed(3).padStart(9)
console.log(
  `Milliseconds at ${TENTH.rooms} rooms, ${TENTH.users} users, ${TENTH.members} in one room; and at ten times that`,
)
console.log(`${'step'.padEnd(44)} p50 1/10   p99 1/10      p50       p99   growth of p50`)
for (const [name, timing] of full) {
  const small = tenth.get(name) ?? timing
  const growth = (timing.p50 / small.p50).toFixed(1).padStart(8)
  console.log(
    `${name.padEnd(44)}${cell(small.p50)}  ${cell(small.p99)} ${cell(timing.p50)} ${cell(timing.p99)} ${growth} x`,
  )
}
