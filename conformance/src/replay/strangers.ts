import type { Step, Trace } from './trace.ts'
import { elements, type Typed, type TypedObject } from './typed.ts'

type EventStep = Extract<Step, { kind: 'event' }>

const LOGIN = 1
const CREATE_ROOM = 6
const ROOM_LOST = 1003
const USER_COUNT_CHANGE = 1001
/** What strangers do to the row of a room: the number of users, and the variables. */
const THEIRS: ReadonlyMap<number, Typed> = new Map([
  [6, { t: 'SHORT', v: 0 }],
  [8, { t: 'SFS_ARRAY', v: [] }],
])

/**
 * A recording that was made while others ran in the same rooms: what it tells of their users is left out, and what
 * they change of the rooms is not compared.
 */
export class AmongStrangers {
  readonly #own: ReadonlySet<unknown>
  /** Ids of rooms that strangers made. */
  readonly #rooms: ReadonlySet<unknown>

  constructor(trace: Trace) {
    const logins = trace.steps.filter(step => step.kind === 'event' && step.packet.action === LOGIN)
    this.#own = new Set(logins.map(step => (step as EventStep).packet.params.id?.v))
    this.#rooms = roomsOfStrangers(trace)
  }

  /** The event without strangers; nothing when it is about one. */
  own(step: EventStep): EventStep | undefined {
    const { action, params } = step.packet
    if (isCount(action) || this.#isStranger(params.u) || this.#isTheirRoom(action, params)) return undefined
    const users = params.ul && elements(params.ul).filter(row => !this.#isStranger(row))
    const own: TypedObject = users === undefined ? params : { ...params, ul: { t: 'SFS_ARRAY', v: users } }
    return { ...step, packet: { ...step.packet, params: bareRooms(this.#withoutTheirRooms(own)) } }
  }

  #isTheirRoom(action: number | undefined, { r: room }: TypedObject): boolean {
    if (action === CREATE_ROOM && room?.t === 'SFS_ARRAY') return this.#rooms.has(elements(room)[0]?.v)
    return action === ROOM_LOST && this.#rooms.has(room?.v)
  }

  #withoutTheirRooms({ rl: rooms, ...params }: TypedObject): TypedObject {
    if (rooms === undefined) return params
    const own = elements(rooms).filter(room => !this.#rooms.has(elements(room)[0]?.v))
    return { ...params, rl: { t: 'SFS_ARRAY', v: own } }
  }

  /** A user's id, or a row that begins with it. */
  #isStranger(user: Typed | undefined): boolean {
    if (user === undefined) return false
    const id = user.t === 'SFS_ARRAY' ? elements(user)[0]?.v : user.v
    return !this.#own.has(id)
  }
}

/** Rooms that were told of as new, and that nobody of the recording asked for. */
function roomsOfStrangers({ steps }: Trace): ReadonlySet<unknown> {
  const asked = new Set(
    steps.flatMap(step => (step.kind === 'request' ? (step.packet.params.n?.v ?? []) : [])),
  )
  const told = steps.flatMap(step => {
    const room =
      step.kind === 'event' && step.packet.action === CREATE_ROOM ? step.packet.params.r : undefined
    return room === undefined ? [] : [elements(room)]
  })
  return new Set(told.filter(([, name]) => !asked.has(name?.v ?? '')).map(([id]) => id?.v))
}

/** Whether an event is only about the number of users. */
export function isCount(action: number | undefined): boolean {
  return action === USER_COUNT_CHANGE
}

/** The parameters with rooms as nobody had changed them. */
export function bareRooms(params: TypedObject): TypedObject {
  const { r: room, rl: rooms } = params
  return {
    ...params,
    ...(room?.t === 'SFS_ARRAY' ? { r: bare(room) } : {}),
    ...(rooms === undefined ? {} : { rl: { t: rooms.t, v: elements(rooms).map(bare) } }),
  }
}

function bare(room: Typed): Typed {
  return { t: room.t, v: elements(room).map((cell, place) => THEIRS.get(place) ?? cell) }
}
