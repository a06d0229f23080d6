import type { Point } from '../common/geometry.ts'
import { createIsland, type Island } from '../common/island.ts'
import { playerName } from '../common/names.ts'
import type { Way } from '../contract.ts'
import { Camera } from './camera.ts'
import { Controls } from './controls.ts'
import { byId } from './dom.ts'
import { Ground } from './draw/ground.ts'
import { MiniMap } from './draw/mini-map.ts'
import { Stage } from './draw/stage.ts'
import { Tiles } from './draw/tiles.ts'
import { Numbers } from './numbers.ts'
import { Player } from './player.ts'
import { Scene } from './scene.ts'
import { Session } from './session.ts'
import { SocketMeter } from './socket-meter.ts'

const SHOW_MILLIS = 250
/** A frame that took longer is walked as if it had not: the tab was out of sight. */
const LONGEST_FRAME_SECONDS = 0.25
/** How near to a barrel one has to point. */
const BARREL_REACH = 30
/** Lines of what was said that are kept. */
const MOST_HEARD = 30
/** How far the arrow keys go, in units. */
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-120, 0],
  ArrowRight: [120, 0],
  ArrowUp: [0, -120],
  ArrowDown: [0, 120],
}

const linkParams = new URLSearchParams(location.search)
const canvas = byId('map', HTMLCanvasElement)
const miniCanvas = byId('mini', HTMLCanvasElement)
const scene = new Scene()
const camera = new Camera()
const meter = new SocketMeter()
const numbers = new Numbers(scene, meter)
let player: Player | undefined

/** Keeps what was said for those who cannot see the bubbles. */
function hear(name: string, text: string): void {
  const line = document.createElement('li')
  line.textContent = `${name}: ${text}`
  const heard = byId('heard', HTMLElement)
  heard.append(line)
  if (heard.childElementCount > MOST_HEARD) heard.firstElementChild?.remove()
}

/** @param text  empty to hide it */
function notice(text: string): void {
  const place = byId('notice', HTMLElement)
  place.textContent = text
  place.hidden = text === ''
}

/** Links can say where to start: `?at=3000,2000`. */
function placeOfLink({ grid }: Island): Point | undefined {
  const [x = Number.NaN, y = Number.NaN] = (linkParams.get('at') ?? '').split(',').map(Number)
  return grid.isOpen({ x, y }) ? { x, y } : undefined
}

const nextFrame = () => new Promise<void>(resolve => requestAnimationFrame(() => resolve()))

async function start(): Promise<void> {
  meter.watch()
  const island = await createIsland(nextFrame)
  const tiles = new Tiles(new Ground(island))
  const stage = new Stage(canvas, island, tiles)
  const miniMap = new MiniMap(miniCanvas, tiles.far)
  const session = openSession(island, miniMap)
  listenToPointer(session, miniMap)
  listenToKeys()
  // Who goes without a word is waited for, since lines break.
  addEventListener('pagehide', () => session.close())
  draw(stage, miniMap, session)
  await session.connect(linkParams.get('name') ?? playerName(Math.random))
  await session.enter('streaming')
  notice('')
}

function openSession(island: Island, miniMap: MiniMap): Session {
  const session = new Session(scene, {
    placed(place: Point) {
      const tell = (moved: Point) => session.tell(moved)
      // Whoever changes the room stays where he is.
      player ??= new Player(island, placeOfLink(island) ?? place, { moved: tell })
      tell(player.place)
    },
    overview(overview) {
      numbers.overview(overview)
      controls.overview(overview)
      miniMap.density = byId('everybody', HTMLInputElement).checked ? overview.density : undefined
    },
    lag: millis => numbers.lag(millis),
    said: hear,
    isAway: isAway => notice(isAway ? 'The line is lost. Coming back ...' : ''),
    lost: () => notice('The connection is lost. Load the page again to come back.'),
  })
  const controls = new Controls({
    setBots: count => run(session.setBots(count)),
    setWay: (way: Way) => run(session.enter(way)),
    showArea: isShown => {
      camera.showsArea = isShown
    },
    showEverybody: isShown => {
      if (!isShown) miniMap.density = undefined
    },
    say: text => session.say(text),
    turnNearestBarrel: () => turnBarrelAt(session, player?.place, Number.POSITIVE_INFINITY),
  })
  return session
}

/** @returns whether there is one */
function turnBarrelAt(session: Session, place: Point | undefined, reach: number): boolean {
  const barrel = place && scene.barrelAt(place, reach)
  if (barrel !== undefined) player?.walkNear(barrel, () => run(session.turnBarrel(barrel.id)))
  return barrel !== undefined
}

function listenToPointer(session: Session, miniMap: MiniMap): void {
  const pointAt = ({ clientX, clientY }: PointerEvent, isFirst: boolean) => {
    const { left, top } = canvas.getBoundingClientRect()
    const place = camera.toWorld(clientX - left, clientY - top)
    if (!(isFirst && turnBarrelAt(session, place, BARREL_REACH))) player?.walkTo(place)
  }
  canvas.addEventListener('pointerdown', event => pointAt(event, true))
  canvas.addEventListener('pointermove', event => {
    if (event.buttons === 1) pointAt(event, false)
  })
  miniCanvas.addEventListener('pointerdown', ({ clientX, clientY }) => {
    const { left, top } = miniCanvas.getBoundingClientRect()
    player?.walkTo(miniMap.toWorld(clientX - left, clientY - top))
  })
}

function listenToKeys(): void {
  byId('field', HTMLElement).addEventListener('keydown', event => {
    const step = KEYS[event.key]
    if (step === undefined) return
    event.preventDefault()
    player?.nudge(...step)
  })
}

function draw(stage: Stage, miniMap: MiniMap, session: Session): void {
  let last = performance.now()
  let shownAt = 0
  const frame = (now: number) => {
    const seconds = Math.min((now - last) / 1000, LONGEST_FRAME_SECONDS)
    last = now
    fit(canvas)
    player?.step(seconds, now)
    scene.step((id, at) => session.placeOf(id, at), seconds, now)
    if (player !== undefined) {
      scene.me?.goTo(player.place, seconds)
      camera.follow(player.place, seconds)
    }
    stage.paint({ scene, camera, goal: player?.goal, now })
    if (now - shownAt >= SHOW_MILLIS) {
      shownAt = now
      miniMap.paint(scene, camera)
      numbers.show(now)
    }
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** Gives the map as many pixels as the screen has for it. */
function fit({ clientWidth, clientHeight }: HTMLCanvasElement): void {
  const pixels = Math.min(devicePixelRatio, 2)
  const [width, height] = [Math.round(clientWidth * pixels), Math.round(clientHeight * pixels)]
  if (canvas.width === width && canvas.height === height) return
  canvas.width = width
  canvas.height = height
  camera.resize(clientWidth, clientHeight)
}

function run(work: Promise<unknown>): void {
  work.catch((error: unknown) => notice(error instanceof Error ? error.message : String(error)))
}

run(start())
