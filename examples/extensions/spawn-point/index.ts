import { defineExtension, type Extension, refuseCall, t, type User } from '@warren/server'
import { TileMap } from './map.ts'

const requests = {
  /** Asks for a place. Refused with `already-placed`, `placed-by-server` or `map-full`. */
  spawn: { response: { x: t.double(), y: t.double() } },
}
const messages = {
  /** There is no free place; the user is taken out of the room. */
  mapFull: {},
}
const config = {
  /** Who asks: the server places each user who joins, or each client when it is ready. */
  when: t.preset(t.oneOf('join', 'request'), 'join'),
  /** `.` is ground, `E` an entrance, anything else is in the way. */
  map: t.list(t.string({ minLength: 1, maxLength: 1000 }), { minLength: 1, maxLength: 1000 }),
  /** Width and height of a tile, in the units of the clients. */
  tileSize: t.preset(t.int({ min: 1, max: 10_000 }), 32),
}

type SpawnPoint = Extension<typeof requests, typeof messages, 'room', typeof config>

/**
 * Chooses on the server where a player of an MMO room starts: on ground that can be walked on, where nobody stands.
 * Until then he is in limbo, so that nobody sees him where he is not.
 */
export default defineExtension({
  level: 'room',
  requests,
  messages,
  config,
  init: extension => serve(extension, new Set<User>()),
  // Whoever has a place keeps it when map or code change.
  reload: (extension, placed: Set<User>) => serve(extension, placed),
})

function serve({ room, config, api, handle, on, send }: SpawnPoint, placed: Set<User>): Set<User> {
  if (room.mmo === undefined) throw new Error(`The room ${room.name} is not an MMO room`)
  const map = new TileMap(config.map, config.tileSize)

  /** Puts a user on the nearest free place to an entrance. @returns undefined when there is none */
  function place(user: User): { x: number; y: number } | undefined {
    const taken = Array.from(placed, other => api.mmo.positionOf(other)).filter(other => other !== undefined)
    const point = map.freePoint(taken)
    if (point === undefined) return undefined
    placed.add(user)
    // With the next update he and those near him see each other.
    api.mmo.setUserPosition(user, point)
    // No message tells a client its own position, so the variables that it draws by do.
    const { x, y } = api.mmo.positionOf(user) ?? point
    api.setUserVariables(user, [
      { name: 'x', value: x },
      { name: 'y', value: y },
    ])
    return { x, y }
  }

  // The first way: the server places whoever joins.
  if (config.when === 'join') {
    on('userJoinRoom', ({ user }) => {
      if (place(user) !== undefined) return
      send('mapFull', {}, user)
      api.leaveRoom(user, room)
    })
  }

  // The second way: the client says when it is ready, for instance when the map is loaded.
  handle({
    spawn({ user }) {
      if (config.when === 'join') refuseCall('placed-by-server', 'The server chooses the place by itself')
      if (placed.has(user)) refuseCall('already-placed', 'You have a place')
      return place(user) ?? refuseCall('map-full', 'There is no free place')
    },
  })

  for (const event of ['userLeaveRoom', 'userLogout', 'userDisconnect'] as const) {
    on(event, ({ user }) => {
      placed.delete(user)
    })
  }
  return placed
}
