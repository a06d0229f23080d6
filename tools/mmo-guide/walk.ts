import { type RequestFields, SFSType, VariableType } from '@warren/codec'
import { TestServer, type ZoneInput, zoneSchema } from '@warren/server/internal'
import { Listener } from './listener.ts'

/** How clients of a room tell where they are, and hear where others are. */
export interface Way {
  /** Settings of the room that matter for it. */
  readonly room?: Partial<NonNullable<NonNullable<ZoneInput['rooms']>[number]['mmo']>>
  /** The user variables that are set at each step. */
  readonly variables?: (x: number, y: number) => RequestFields<'SetUserVariables'>['variables']
  /** Clients take streamed positions. */
  readonly streams?: boolean
}

/** What each user was sent, on average. */
export interface Measured {
  readonly bytesPerSecond: number
  readonly packetsPerSecond: number
  readonly inView: number
}

const USERS = 120
/** The map of the default zone SimpleMMOWorld. */
const MAP = { x: 1400, y: 745 }
const AREA = { x: 240, y: 180 }
const UNITS_PER_STEP = 15
const STEP_MILLIS = 250
/** Users step one after the other, in so many groups. */
const GROUPS = 10
const WARM_UP_STEPS = 12
const STEPS = 60

/** A variable of whole numbers. */
export const whole = (name: string, value: number) => ({
  name,
  type: VariableType.INT,
  value: { type: SFSType.INT, value },
  isPrivate: false,
})

/**
 * Lets users walk about for a while, each the same way in every run, and counts what they are sent. On a server in
 * memory, whose time is moved by hand: the result is always the same.
 */
export async function walk(way: Way): Promise<Measured> {
  const rooms = [{ name: 'Map', maxUsers: USERS, mmo: { aoi: AREA, ...way.room } }]
  const server = new TestServer({ zones: [zoneSchema.parse({ name: 'World', rooms })] as never })
  const roomId = server.core.api.zone('World').roomByName('Map')?.id ?? -1
  const chance = chanceOf(1)
  const walkers = Array.from({ length: USERS }, () => new Walker(new Listener(server), roomId, chance))
  for (const { listener } of walkers) {
    listener.ask('Handshake', { apiVersion: '1.8.6', ...(way.streams === true ? { positionFormat: 1 } : {}) })
    listener.ask('Login', { zoneName: 'World', userName: '', password: '' })
    listener.ask('JoinRoom', { roomName: 'Map' })
  }
  await server.settle()
  const steps = async (count: number) => {
    for (let part = 0; part < count * GROUPS; part++) {
      for (let n = part % GROUPS; n < USERS; n += GROUPS) walkers[n]?.step(way)
      await server.advance(STEP_MILLIS / GROUPS)
    }
  }
  await steps(WARM_UP_STEPS)
  for (const { listener } of walkers) listener.bytes = listener.packets = 0
  await steps(STEPS)
  const average = (numberOf: (listener: Listener) => number) =>
    walkers.reduce((sum, { listener }) => sum + numberOf(listener), 0) / USERS
  const seconds = (STEPS * STEP_MILLIS) / 1000
  return {
    bytesPerSecond: average(({ bytes }) => bytes) / seconds,
    packetsPerSecond: average(({ packets }) => packets) / seconds,
    inView: average(({ inView }) => inView),
  }
}

/** Walks straight on and turns round at the borders. */
class Walker {
  readonly listener: Listener
  readonly #roomId: number
  #x: number
  #y: number
  #dx: number
  #dy: number

  constructor(listener: Listener, roomId: number, chance: () => number) {
    this.listener = listener
    this.#roomId = roomId
    this.#x = chance() * MAP.x
    this.#y = chance() * MAP.y
    const angle = 2 * Math.PI * chance()
    this.#dx = Math.cos(angle) * UNITS_PER_STEP
    this.#dy = Math.sin(angle) * UNITS_PER_STEP
  }

  step({ variables }: Way): void {
    if (this.#x + this.#dx < 0 || this.#x + this.#dx > MAP.x) this.#dx = -this.#dx
    if (this.#y + this.#dy < 0 || this.#y + this.#dy > MAP.y) this.#dy = -this.#dy
    this.#x += this.#dx
    this.#y += this.#dy
    const [x, y] = [Math.round(this.#x), Math.round(this.#y)]
    if (variables !== undefined) this.listener.ask('SetUserVariables', { variables: variables(x, y) })
    this.listener.ask('SetUserPosition', { roomId: this.#roomId, position: { kind: 'int', x, y, z: 0 } })
  }
}

/** Numbers from 0 to 1 that are the same in each run. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
