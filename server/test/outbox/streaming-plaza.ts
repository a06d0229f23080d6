import assert from 'node:assert/strict'
import { decodeServerMessage, PositionReader, readPacket, type ServerMessage, stepsOf } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { MmoItem } from '../../src/domain/mmo/mmo-item.ts'
import { type MmoInput, positionStepOf } from '../../src/domain/mmo/mmo-settings.ts'
import { publishViews } from '../../src/domain/mmo/rounds.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { Views } from '../../src/outbox/views.ts'
import { Sfs2xProtocol } from '../../src/protocol/sfs2x.ts'
import { Flusher } from '../../src/session/flush.ts'
import type { Session } from '../../src/session/session.ts'
import { Sessions } from '../../src/session/sessions.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { mmoRoom } from '../support/mmo.ts'
import { zoneSettings } from '../support/settings.ts'

/** What one client knows by what it was sent. */
export class Watcher {
  readonly user: User
  readonly session: Session
  readonly line: FakeConnection
  readonly positions = new Map<string, readonly number[]>()
  readonly view = new Set<string>()
  /** Lengths of the blocks that came since somebody asked. */
  blocks: number[] = []
  restarts = 0
  #reader = new PositionReader<string>()

  constructor(user: User, session: Session, line: FakeConnection) {
    this.user = user
    this.session = session
    this.line = line
  }

  /** Reads what came. */
  read(): void {
    for (const packet of this.line.sends.splice(0).flat()) {
      const { flags, body } = readPacket(packet.bytes, { maxBodyBytes: 1_000_000 })
      assert.equal(flags, 0x80, 'nothing is compressed')
      this.#take(decodeServerMessage(body) as ServerMessage)
    }
  }

  /** The client joins anew. */
  reset(): void {
    this.read()
    this.positions.clear()
    this.view.clear()
    this.#reader = new PositionReader()
  }

  #take({ name, fields }: ServerMessage): void {
    if (name === 'ProximityUpdate') {
      for (const id of fields.removedUserIds ?? []) this.#go(`user${id}`)
      for (const id of fields.removedItemIds ?? []) this.#go(`item${id}`)
      for (const { id } of fields.addedUsers ?? []) this.#come(`user${id}`)
      for (const { id } of fields.addedItems ?? []) this.#come(`item${id}`)
    } else if (name === 'Positions') {
      if (fields.step !== undefined) {
        this.restarts++
        this.#reader.restart(fields.step)
        this.positions.clear()
      }
      this.blocks.push(fields.block.length)
      this.#reader.open(fields.block)
      assert.ok(this.#reader.read((who, ...place) => this.positions.set(who, place)))
    }
  }

  #come(who: string): void {
    assert.ok(!this.view.has(who))
    this.view.add(who)
    this.#reader.come(who)
  }

  #go(who: string): void {
    assert.ok(this.view.delete(who))
    this.positions.delete(who)
    this.#reader.go(who)
  }
}

/** An MMO room whose users are clients that read what they are sent. */
export class Plaza {
  readonly zone: Zone
  readonly watchers: Watcher[] = []
  readonly items: MmoItem[] = []
  readonly #sessions: Sessions
  readonly #flusher = new Flusher(
    { now: () => 0 },
    { endOfTurn: () => undefined, after: () => () => undefined },
    0,
  )
  #round = 0
  asked = 0

  constructor(mmo: Partial<MmoInput>, maxRows?: number) {
    const protocol = new Sfs2xProtocol({
      compression: zlibCompression,
      compressionThreshold: 1e6,
      maxRequestBytes: 1e6,
    })
    this.#sessions = new Sessions({
      protocol,
      flusher: this.#flusher,
      owner: {
        onRequest: () => undefined,
        onProblem: () => undefined,
        onRefusal: () => assert.fail('nobody is refused'),
        onDelivery: () => undefined,
        onLinkLost: () => false,
        onClose: () => undefined,
      },
      maxQueuedBytes: 1e6,
      maxFrozenBytes: 1e6,
    })
    const views = new Views(this.#sessions, maxRows)
    const rooms = [mmoRoom({ streamPositions: true, ...mmo })]
    const [zone] = new Zones([zoneSettings({ rooms })], event => {
      if (event.type === 'views-changed') views.tell(event)
    })
    assert.ok(zone)
    this.zone = zone
    this.map.onChange = () => this.asked++
  }

  get room() {
    const room = this.zone.roomByName('Map')
    assert.ok(room)
    return room
  }

  get map() {
    assert.ok(this.room.mmo)
    return this.room.mmo
  }

  come(streams = true): Watcher {
    const user = this.zone.logIn({ name: '', privilegeId: 0, properties: new Map() })
    const line = new FakeConnection()
    const { session } = this.#sessions.open(line, 0)
    session.streamsPositions = streams
    this.#sessions.bind(session, user)
    const watcher = new Watcher(user, session, line)
    this.watchers.push(watcher)
    this.join(user)
    return watcher
  }

  join(user: User): void {
    this.zone.join(user, this.room, { password: '', asSpectator: false, leave: undefined })
  }

  place(who: User | MmoItem, x: number, y: number, z = 0): void {
    const place = { kind: this.map.coordinates, x, y, z } as const
    if (who instanceof MmoItem) this.map.placeItem(who, place)
    else this.map.place(who, place)
  }

  /** The kernel of a client's line takes more again. */
  unblock(watcher: Watcher): void {
    if (watcher.session.link !== undefined) watcher.session.link.isBlocked = false
  }

  round(passed = 1): void {
    this.#round += passed
    publishViews(this.zone, this.room, this.#round)
    this.#flusher.flush()
    for (const { session } of this.watchers) session.flush()
    for (const watcher of this.watchers) watcher.read()
  }

  /** Everybody whose line takes what it is sent knows exactly where all are whom he sees. */
  check(): void {
    const step = positionStepOf(this.map.settings)
    for (const { user, view, positions, session } of this.watchers) {
      if (session.isBehind || !session.streamsPositions || this.map.positionOf(user) === undefined) continue
      assert.deepEqual(new Set(positions.keys()), view)
      for (const member of this.room.users) this.#checkOne(positions.get(`user${member.id}`), member, step)
      for (const item of this.items) this.#checkOne(positions.get(`item${item.id}`), item, step)
    }
  }

  #checkOne(known: readonly number[] | undefined, who: User | MmoItem, step: number): void {
    const place = this.map.positionOf(who)
    if (known === undefined) return
    assert.ok(place)
    assert.deepEqual(
      known,
      [place.x, place.y, place.z].map(coordinate => stepsOf(coordinate, step) * step),
    )
  }
}
