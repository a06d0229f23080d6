import {
  type ExtensionClient,
  ExtensionError,
  type MMOItem,
  type Room,
  SmartFox,
  type User,
} from '@warren/client'
import type { Point } from '../common/geometry.ts'
import { island, PORTER_LOOK, ROOMS, VARIABLES, type Way, ZONE } from '../contract.ts'
import { Actor } from './actor.ts'
import { LOOKS } from './draw/rabbit.ts'
import type { Scene } from './scene.ts'
import { type Positions, WAYS } from './ways.ts'

/** So many looks are for bots, of all that there are. */
const BOT_LOOKS = 16
/** Looks between two of theirs: one that leaves out no fur and no coat. */
const BOT_STRIDE = 5
const LAG_SECONDS = 2

type IslandClient = ExtensionClient<typeof island.requests, typeof island.messages>
/** How it stands with the whole island. */
export type Overview = Parameters<Parameters<typeof listenToOverview>[1]>[0]

/** Whom a session tells of what is not in the scene. */
export interface SessionListener {
  /** The server has a place for the player; he stays where he was if he was somewhere. */
  placed(place: Point): void
  overview(overview: Overview): void
  lag(millis: number): void
  /** Somebody near the player said something, or the player did. */
  said(name: string, text: string): void
  /** The line broke and a new one is looked for, or it is back. */
  isAway(isAway: boolean): void
  /** It is over. */
  lost(): void
}

/** The connection to the island: keeps the scene as the server tells it. */
export class Session {
  readonly #sfs: SmartFox
  readonly #scene: Scene
  readonly #listener: SessionListener
  #room: Room | undefined
  #positions: Positions | undefined
  #extension: IslandClient | undefined
  #stopListening: (() => void)[] = []
  readonly #inView = new Map<number, User>()

  constructor(scene: Scene, listener: SessionListener) {
    const isSecure = location.protocol === 'https:'
    const port = Number(location.port) || (isSecure ? 443 : 80)
    this.#sfs = new SmartFox({ host: location.hostname, port, zone: ZONE, useSSL: isSecure })
    this.#scene = scene
    this.#listener = listener
    this.#listen()
  }

  /** Connects, and logs in; where the name is taken, as a guest. */
  async connect(name: string): Promise<void> {
    await this.#sfs.connect()
    const { user } = await this.#sfs.login(name).catch(() => this.#sfs.login())
    this.#sfs.setUserVariables({ [VARIABLES.look]: user.id % LOOKS })
    this.#sfs.enableLagMonitor(true, LAG_SECONDS)
  }

  /** Goes into the room of a way; out of the one that it was in. */
  async enter(way: Way): Promise<void> {
    const room = this.#sfs.room(ROOMS[way])
    if (room === undefined) throw new Error(`The server has no room ${ROOMS[way]}`)
    for (const stop of this.#stopListening.splice(0)) stop()
    this.#scene.clear()
    this.#inView.clear()
    this.#room = room
    this.#positions = WAYS[way](this.#sfs, room)
    const extension = this.#sfs.extension(island, { room })
    this.#extension = extension
    this.#stopListening = [
      extension.on('placed', place => this.#placed(place)),
      listenToOverview(extension, overview => this.#listener.overview(overview)),
    ]
    await this.#sfs.join(room)
  }

  /** Goes, and does not come back. */
  close(): void {
    this.#sfs.disconnect()
  }

  /** Says where the player is. */
  tell(place: Point): void {
    if (this.#room?.isJoined === true) this.#positions?.tell(place)
  }

  /** Where to show somebody in view. */
  placeOf(id: number, now: number): Point | undefined {
    const user = this.#inView.get(id)
    return user && this.#positions?.placeOf(user, now)
  }

  say(text: string): void {
    this.#sfs.say(text)
  }

  /** Opens or closes a barrel. One that somebody was quicker with is left alone. */
  async turnBarrel(id: number): Promise<void> {
    await this.#extension?.call('barrel', { id }).catch(ignoreRefusal)
  }

  /** Asks for so many bots. */
  async setBots(count: number): Promise<void> {
    await this.#extension?.call('bots', { count }).catch(ignoreRefusal)
  }

  #listen(): void {
    const sfs = this.#sfs
    sfs.on('proximityListUpdate', ({ room, addedUsers, removedUsers, addedItems, removedItems }) => {
      if (room !== this.#room) return
      const now = performance.now()
      for (const user of removedUsers) this.#went(user)
      for (const { id } of removedItems) this.#scene.barrels.delete(id)
      for (const user of addedUsers) this.#came(user, now)
      for (const item of addedItems) this.#showBarrel(item, item.aoiEntryPoint)
    })
    sfs.on('userVariablesUpdate', ({ user, changedVars }) => {
      this.#positions?.changed(user, changedVars, performance.now())
    })
    sfs.on('mmoItemVariablesUpdate', ({ room, mmoItem }) => {
      if (room === this.#room) this.#showBarrel(mmoItem, this.#scene.barrels.get(mmoItem.id))
    })
    sfs.on('publicMessage', ({ sender, message }) => {
      this.#scene.says(sender.id, message, performance.now())
      this.#listener.said(sender.name, message)
    })
    sfs.on('pingPong', ({ lagValue }) => this.#listener.lag(lagValue))
    sfs.on('connectionRetry', () => this.#listener.isAway(true))
    sfs.on('connectionResume', () => this.#listener.isAway(false))
    sfs.on('connectionLost', () => this.#listener.lost())
  }

  #placed(place: Point): void {
    const me = this.#sfs.mySelf
    if (me === undefined) return
    const { id, name } = me
    const who = { id, name, look: id % LOOKS, isPerson: true, cameAt: performance.now() }
    this.#scene.me = new Actor(who, place)
    this.#listener.placed(place)
  }

  #came(user: User, now: number): void {
    const { id, name, aoiEntryPoint, variables } = user
    if (user.isItMe || aoiEntryPoint === undefined) return
    const look = variables.get(VARIABLES.look)
    const isPerson = typeof look === 'number' && look !== PORTER_LOOK
    const ownLook = typeof look === 'number' ? look : ((id % BOT_LOOKS) * BOT_STRIDE) % LOOKS
    this.#scene.actors.set(id, new Actor({ id, name, look: ownLook, isPerson, cameAt: now }, aoiEntryPoint))
    this.#inView.set(id, user)
    this.#positions?.came(user, now)
  }

  #went(user: User): void {
    this.#scene.actors.delete(user.id)
    this.#inView.delete(user.id)
    this.#positions?.went(user)
  }

  /** @param known  where it was, unless its variables say where it was put */
  #showBarrel({ id, variables }: MMOItem, known: Point | undefined): void {
    const [x, y] = [variables.get(VARIABLES.x) ?? known?.x, variables.get(VARIABLES.y) ?? known?.y]
    const carrier = variables.get(VARIABLES.carrier)
    if (typeof x !== 'number' || typeof y !== 'number') return
    this.#scene.barrels.set(id, {
      id,
      x,
      y,
      isOpen: variables.get(VARIABLES.isOpen) === true,
      carrier: typeof carrier === 'number' ? carrier : undefined,
    })
  }
}

function listenToOverview(
  extension: IslandClient,
  listener: Parameters<typeof extension.on<'overview'>>[1],
): () => void {
  return extension.on('overview', listener)
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ExtensionError)) throw error
}
