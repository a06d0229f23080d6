/**
 * Colyseus 0.18 with its `ws` transport: a map of walkers of which each client sees, by its StateView, those in its
 * area, itself left out. A grid written by hand finds them before each patch, four times a second, and only what changed
 * is added to a view or removed from it, as its documentation advises. Positions are 16 bits.
 */
import { createServer } from 'node:http'
import { importPeer } from '../../peers/import-peer.ts'
import { AREA, UPDATE_MILLIS } from '../mmo/world.ts'
import { portOf, reportReady } from './child.ts'

interface WalkerState {
  x: number
  y: number
}

interface View {
  add(walker: WalkerState): unknown
  remove(walker: WalkerState): unknown
  dispose(): void
}

interface Client {
  readonly sessionId: string
  view: View | undefined
}

interface ColyseusRoom {
  state: unknown
  patchRate: number | null
  onMessage(type: string, take: (client: Client, place: WalkerState) => void): void
}

interface ColyseusServer {
  define(name: string, room: unknown): void
  listen(port: number, host: string, backlog: number): Promise<void>
}

interface ColyseusCore {
  readonly Room: new () => ColyseusRoom
  readonly Server: new (options: object) => ColyseusServer
}

interface ColyseusTransport {
  readonly WebSocketTransport: new (options: object) => unknown
}

interface FieldKinds {
  int16(): unknown
  map(type: unknown): { view(): unknown }
}

interface ColyseusSchema {
  readonly StateView: new () => View
  readonly t: FieldKinds
  schema<T>(fields: object, name: string): new () => T
}

const { Room, Server } = await importPeer<ColyseusCore>('@colyseus/core')
const { WebSocketTransport } = await importPeer<ColyseusTransport>('@colyseus/ws-transport')
const { StateView, schema, t } = await importPeer<ColyseusSchema>('@colyseus/schema')

const Walker = schema<WalkerState>({ x: t.int16(), y: t.int16() }, 'Walker')
const WorldState = schema<{ readonly walkers: Map<string, WalkerState> }>(
  { walkers: t.map(Walker).view() },
  'World',
)

/** A client's place and what it sees. */
interface Seat {
  readonly walker: WalkerState
  readonly view: View
  seen: Set<Seat>
  /** It has said where it is. */
  isPlaced: boolean
}

class WalkRoom extends Room {
  declare state: InstanceType<typeof WorldState>
  readonly #seats = new Map<string, Seat>()
  #cells = new Map<number, Seat[]>()

  onCreate() {
    this.state = new WorldState()
    this.patchRate = UPDATE_MILLIS
    this.onMessage('m', ({ sessionId }, { x, y }) => {
      const seat = this.#seats.get(sessionId)
      if (seat === undefined || !Number.isInteger(x) || !Number.isInteger(y)) return
      seat.walker.x = x
      seat.walker.y = y
      seat.isPlaced = true
    })
  }

  onJoin(client: Client) {
    const walker = new Walker()
    const view = new StateView()
    this.#seats.set(client.sessionId, { walker, view, seen: new Set(), isPlaced: false })
    this.state.walkers.set(client.sessionId, walker)
    client.view = view
  }

  onLeave({ sessionId }: Client) {
    const seat = this.#seats.get(sessionId)
    this.#seats.delete(sessionId)
    this.state.walkers.delete(sessionId)
    seat?.view.dispose()
    for (const { seen } of this.#seats.values()) if (seat !== undefined) seen.delete(seat)
  }

  onBeforePatch() {
    const cells = new Map<number, Seat[]>()
    for (const seat of this.#seats.values()) {
      if (!seat.isPlaced) continue
      const cell = cellAt(seat.walker.x, seat.walker.y, 0, 0)
      const others = cells.get(cell)
      if (others === undefined) cells.set(cell, [seat])
      else others.push(seat)
    }
    this.#cells = cells
    for (const seat of this.#seats.values()) if (seat.isPlaced) this.#look(seat)
  }

  #look(seat: Seat) {
    const { x, y } = seat.walker
    const inView = new Set<Seat>()
    for (let row = -1; row <= 1; row++) {
      for (let column = -1; column <= 1; column++) {
        for (const other of this.#cells.get(cellAt(x, y, column, row)) ?? []) {
          const { walker } = other
          if (other === seat || Math.abs(walker.x - x) >= AREA.x || Math.abs(walker.y - y) >= AREA.y) continue
          inView.add(other)
          if (!seat.seen.has(other)) seat.view.add(walker)
        }
      }
    }
    for (const other of seat.seen) if (!inView.has(other)) seat.view.remove(other.walker)
    seat.seen = inView
  }
}

function cellAt(x: number, y: number, column: number, row: number): number {
  return (Math.floor(y / AREA.y) + row) * 65_536 + Math.floor(x / AREA.x) + column
}

const http = createServer()
const server = new Server({ transport: new WebSocketTransport({ server: http }), greet: false })
server.define('chat', WalkRoom)
await server.listen(0, '127.0.0.1', 1024)
reportReady(portOf(http.address()))
