import type { AnyDefinition, ServerConfig } from '@warren/server'
import type { TargetOverrides } from './target.ts'

/** Extensions of a zone and of its rooms, by a name and by the room's name. */
export interface Extended {
  readonly zone?: Readonly<Record<string, AnyDefinition>>
  readonly rooms?: Readonly<Record<string, AnyDefinition>>
  /** Those that clients may put into rooms that they make. */
  readonly forClients?: Readonly<Record<string, AnyDefinition>>
}

/**
 * A server whose zone `BH0`, or others, runs these extensions.
 * @example
 * await Scene.open(t, extended({ zone: { dice }, rooms: { Lobby: board } }))
 */
export function extended(
  { zone: ofZone = {}, rooms = {}, forClients = {} }: Extended,
  ...zoneNames: readonly string[]
): (config: ServerConfig) => TargetOverrides {
  const ofRooms = new Map(
    Object.entries(rooms).map(([room, definition], index) => [
      room,
      { name: `of-room-${index}`, definition },
    ]),
  )
  return config => ({
    extensions: {
      ...config.extensions,
      definitions: {
        ...ofZone,
        ...forClients,
        ...Object.fromEntries(Array.from(ofRooms.values(), ({ name, definition }) => [name, definition])),
      },
    },
    zones: config.zones.map(zone =>
      !(zoneNames.length === 0 ? ['BH0'] : zoneNames).includes(zone.name)
        ? zone
        : {
            ...zone,
            extensions: Object.keys(ofZone).map(name => ({ name, config: {} })),
            clientRoomExtensions: Object.keys(forClients),
            rooms: zone.rooms.map(room => {
              const own = ofRooms.get(room.name)
              return own === undefined ? room : { ...room, extensions: [{ name: own.name, config: {} }] }
            }),
          },
    ),
  })
}
