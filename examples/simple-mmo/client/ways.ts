import type { Room, SmartFox, User } from '@warren/client'
import type { Point } from '../common/geometry.ts'
import { VARIABLES, type Way } from '../contract.ts'
import { Track } from './track.ts'

/** How a page hears where others are, and says where it is itself. */
export interface Positions {
  /** Somebody came into view. @param now  milliseconds, as in all of these */
  came(user: User, now: number): void
  /** Somebody went out of view. */
  went(user: User): void
  /** Somebody's variables changed. */
  changed(user: User, names: readonly string[], now: number): void
  /** Where to show somebody; undefined while that is not known. */
  placeOf(user: User, now: number): Point | undefined
  /** Says where this page's own user is. */
  tell(place: Point): void
}

export const WAYS: { readonly [W in Way]: (sfs: SmartFox, room: Room) => Positions } = {
  /** User variables for each step of each user, as every client of the stock server does it. */
  classic(sfs) {
    const tracks = new Map<number, Track>()
    return {
      came: ({ id, aoiEntryPoint }, now) => {
        if (aoiEntryPoint !== undefined) tracks.set(id, new Track(aoiEntryPoint, now))
      },
      went: ({ id }) => void tracks.delete(id),
      changed: ({ id, variables }, names, now) => {
        const [x, y] = [variables.get(VARIABLES.x), variables.get(VARIABLES.y)]
        const hasMoved = names.includes(VARIABLES.x) || names.includes(VARIABLES.y)
        if (hasMoved && typeof x === 'number' && typeof y === 'number') tracks.get(id)?.tell({ x, y }, now)
      },
      placeOf: ({ id }, now) => tracks.get(id)?.at(now),
      tell(place) {
        sfs.setUserPosition(place)
        sfs.setUserVariables({ [VARIABLES.x]: Math.round(place.x), [VARIABLES.y]: Math.round(place.y) })
      },
    }
  },

  /** The room streams positions, and the client plays them. */
  streaming(sfs, room) {
    const place = { x: 0, y: 0, z: 0 }
    return {
      came: () => undefined,
      went: () => undefined,
      changed: () => undefined,
      placeOf: (user, now) => room.positionOf(user, now, place) ?? user.aoiEntryPoint,
      tell: place => sfs.setUserPosition(place),
    }
  },
}
