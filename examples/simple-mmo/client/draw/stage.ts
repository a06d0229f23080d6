import type { Point } from '../../common/geometry.ts'
import type { Island } from '../../common/island.ts'
import { AREA } from '../../contract.ts'
import type { Actor } from '../actor.ts'
import type { Box, Camera } from '../camera.ts'
import { brushOf } from '../dom.ts'
import type { Barrel, Scene } from '../scene.ts'
import { type Plant, plantsOf } from '../scenery.ts'
import { paintBarrel } from './barrel.ts'
import { paintBurrow, paintWell } from './buildings.ts'
import { paintName, paintSpeech } from './labels.ts'
import { PALETTE, SANS } from './palette.ts'
import { blob, shadow } from './pen.ts'
import { type Picture, put } from './picture.ts'
import { paintPlants } from './plants.ts'
import { Rabbits } from './rabbit.ts'
import type { Tiles } from './tiles.ts'

type Brush = CanvasRenderingContext2D

/** How far pictures reach over their foot, in units. */
const OVERHANG = { side: 80, up: 120 } as const
/** More names than these cannot be read. */
const MOST_NAMES = 25
const FADE_MILLIS = 350
/** Where a carried barrel is, above the feet of its carrier. */
const LOAD_HEIGHT = 45

/** Something that stands, to be painted from north to south. */
interface Standing {
  readonly y: number
  readonly paint: () => void
}

/** What the frame is of. */
export interface Shown {
  readonly scene: Scene
  readonly camera: Camera
  readonly goal: Point | undefined
  /** Milliseconds. */
  readonly now: number
}

/** Paints the part of the island that is on the page, with all who are there. */
export class Stage {
  readonly #canvas: HTMLCanvasElement
  readonly #brush: Brush
  readonly #tiles: Tiles
  readonly #plants: readonly Plant[]
  readonly #plantPictures = paintPlants()
  readonly #buildings: readonly (Point & { readonly picture: Picture })[]
  readonly #closedBarrel = paintBarrel(false)
  readonly #openBarrel = paintBarrel(true)
  readonly #rabbits = new Rabbits()

  constructor(canvas: HTMLCanvasElement, island: Island, tiles: Tiles) {
    this.#canvas = canvas
    this.#brush = brushOf(canvas)
    this.#tiles = tiles
    this.#plants = plantsOf(island)
    const well = paintWell()
    this.#buildings = island.villages.flatMap(({ x, y, burrows }) => [
      { x, y, picture: well },
      ...burrows.map(burrow => ({ x: burrow.x, y: burrow.y + 26, picture: paintBurrow(burrow.look) })),
    ])
  }

  paint(shown: Shown): void {
    const { camera, scene, goal, now } = shown
    const { box } = camera
    const brush = this.#brush
    const pixels = this.#canvas.width / box.width
    this.#tiles.setSharpness(pixels)
    brush.setTransform(pixels, 0, 0, pixels, -box.x * pixels, -box.y * pixels)
    this.#tiles.paint(brush, box)
    if (goal !== undefined) paintGoal(brush, goal, now)
    if (scene.me !== undefined)
      blob(brush, [scene.me.x, scene.me.y, 19, 8], 'rgb(44 106 77 / 28%)', { line: '#2c6a4d', width: 1.6 })
    for (const { paint } of this.#standing(shown)) paint()
    paintLabels(brush, scene, box)
    if (camera.showsArea) paintFrames(brush, camera)
  }

  #standing({ scene, camera, now }: Shown): Standing[] {
    const { box } = camera
    const brush = this.#brush
    const isNear = ({ x, y }: Point) =>
      x > box.x - OVERHANG.side &&
      x < box.x + box.width + OVERHANG.side &&
      y > box.y - 20 &&
      y < box.y + box.height + OVERHANG.up
    const standing: Standing[] = []
    for (const plant of this.#plants) {
      if (isNear(plant)) standing.push({ y: plant.y, paint: () => this.#paintPlant(plant, scene.me) })
    }
    for (const { x, y, picture } of this.#buildings) {
      if (isNear({ x, y })) standing.push({ y, paint: () => put(brush, picture, x, y) })
    }
    const loads = new Map<number, Barrel>()
    for (const barrel of scene.barrels.values()) {
      if (barrel.carrier !== undefined && scene.actor(barrel.carrier) !== undefined)
        loads.set(barrel.carrier, barrel)
      else standing.push({ y: barrel.y, paint: () => this.#paintBarrel(barrel) })
    }
    for (const actor of [...scene.actors.values(), ...(scene.me === undefined ? [] : [scene.me])]) {
      if (isNear(actor))
        standing.push({ y: actor.y, paint: () => this.#paintActor(actor, loads.get(actor.id), now) })
    }
    return standing.sort((a, b) => a.y - b.y)
  }

  /** One that hides the player lets him shine through. */
  #paintPlant({ x, y, kind }: Plant, me: Actor | undefined): void {
    const picture = this.#plantPictures[kind]
    if (picture === undefined) return
    const hides =
      me !== undefined && me.y < y && y - me.y < picture.footY && Math.abs(me.x - x) < picture.footX
    this.#brush.globalAlpha = hides ? 0.45 : 1
    put(this.#brush, picture, x, y)
    this.#brush.globalAlpha = 1
  }

  #paintActor(actor: Actor, load: Barrel | undefined, now: number): void {
    const brush = this.#brush
    brush.globalAlpha = Math.min(1, (now - actor.cameAt) / FADE_MILLIS)
    shadow(brush, actor.x, actor.y, 13)
    this.#rabbits.paint(brush, actor)
    if (load !== undefined) put(brush, this.#closedBarrel, actor.x, actor.y - LOAD_HEIGHT)
    brush.globalAlpha = 1
  }

  #paintBarrel({ x, y, isOpen }: Barrel): void {
    put(this.#brush, isOpen ? this.#openBarrel : this.#closedBarrel, x, y)
  }
}

function paintGoal(brush: Brush, { x, y }: Point, now: number): void {
  const beat = (now / 900) % 1
  for (const part of [beat, (beat + 0.5) % 1]) {
    brush.globalAlpha = 1 - part
    brush.beginPath()
    brush.ellipse(x, y, 6 + part * 16, (6 + part * 16) * 0.45, 0, 0, Math.PI * 2)
    brush.strokeStyle = PALETTE.paper
    brush.lineWidth = 2.4
    brush.stroke()
  }
  brush.globalAlpha = 1
}

function paintLabels(brush: Brush, { actors, me }: Scene, box: Box): void {
  const isIn = ({ x, y }: Point) =>
    x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height + 60
  const seen = [...actors.values()].filter(isIn)
  const hasNames = seen.length <= MOST_NAMES
  for (const actor of seen) if (hasNames || actor.isPerson) paintName(brush, actor, false)
  if (me !== undefined) paintName(brush, me, true)
  for (const actor of seen) paintSpeech(brush, actor)
  if (me !== undefined) paintSpeech(brush, me)
}

/** The area of interest, and in it what is on the page at its natural size. */
function paintFrames(brush: Brush, { x, y, box, naturalBox, zoom }: Camera): void {
  const area = { x: x - AREA.x, y: y - AREA.y, width: AREA.x * 2, height: AREA.y * 2 }
  brush.fillStyle = 'rgb(36 34 29 / 38%)'
  brush.beginPath()
  brush.rect(box.x, box.y, box.width, box.height)
  brush.rect(area.x, area.y, area.width, area.height)
  brush.fill('evenodd')
  frame(brush, area, 'Area of interest: what the server tells this page', PALETTE.area, [14, 9], zoom)
  frame(brush, naturalBox, 'What this page shows', PALETTE.paper, [], zoom)
}

function frame(brush: Brush, box: Box, text: string, colour: string, dashes: number[], zoom: number): void {
  brush.strokeStyle = colour
  brush.lineWidth = 3 / zoom
  brush.setLineDash(dashes)
  brush.strokeRect(box.x, box.y, box.width, box.height)
  brush.setLineDash([])
  brush.font = `650 ${13 / zoom}px ${SANS}`
  brush.textAlign = 'left'
  const width = brush.measureText(text).width + 16 / zoom
  brush.fillStyle = colour
  brush.fillRect(box.x, box.y, width, 22 / zoom)
  brush.fillStyle = colour === PALETTE.paper ? PALETTE.view : PALETTE.paper
  brush.fillText(text, box.x + 8 / zoom, box.y + 15.5 / zoom)
}
