import { chanceAt } from '../../common/chance.ts'
import { type Point, WORLD } from '../../common/geometry.ts'
import { AREA, DENSITY } from '../../contract.ts'
import type { Camera } from '../camera.ts'
import { brushOf } from '../dom.ts'
import type { Scene } from '../scene.ts'
import { PALETTE } from './palette.ts'

/** More of one part of the world would be a blot. */
const MOST_DOTS = 14

/** The whole world, with what is in view and where everybody is. */
export class MiniMap {
  /** How many are in each part of the world, where that is known. */
  density: Uint8Array | undefined
  readonly #canvas: HTMLCanvasElement
  readonly #world: HTMLCanvasElement
  readonly #brush: CanvasRenderingContext2D

  /** @param world  a picture of the world */
  constructor(canvas: HTMLCanvasElement, world: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#world = world
    this.#brush = brushOf(canvas)
  }

  /** The place in the world below a point of the page. */
  toWorld(left: number, top: number): Point {
    const { clientWidth, clientHeight } = this.#canvas
    return { x: (left / clientWidth) * WORLD.width, y: (top / clientHeight) * WORLD.height }
  }

  paint({ actors, barrels, me }: Scene, { naturalBox }: Camera): void {
    const brush = this.#brush
    const { width, height } = this.#canvas
    const scale = width / WORLD.width
    brush.setTransform(1, 0, 0, 1, 0, 0)
    brush.drawImage(this.#world, 0, 0, width, height)
    brush.setTransform(scale, 0, 0, scale, 0, 0)
    this.#paintDensity()
    for (const { x, y } of barrels.values()) this.#dot(x, y, 28, PALETTE.wood)
    for (const { x, y, isPerson } of actors.values()) {
      this.#dot(x, y, isPerson ? 60 : 36, isPerson ? PALETTE.paper : PALETTE.ink)
    }
    if (me === undefined) return
    this.#dot(me.x, me.y, 80, '#2c6a4d')
    brush.lineWidth = 26
    brush.strokeStyle = PALETTE.area
    brush.setLineDash([90, 60])
    brush.strokeRect(me.x - AREA.x, me.y - AREA.y, AREA.x * 2, AREA.y * 2)
    brush.setLineDash([])
    brush.strokeStyle = PALETTE.paper
    brush.strokeRect(naturalBox.x, naturalBox.y, naturalBox.width, naturalBox.height)
  }

  #paintDensity(): void {
    const { density } = this
    if (density === undefined) return
    const { columns, rows } = DENSITY
    const [width, height] = [WORLD.width / columns, WORLD.height / rows]
    for (const [part, count] of density.entries()) {
      const column = part % columns
      const row = Math.floor(part / columns)
      for (let dot = 0; dot < Math.min(count, MOST_DOTS); dot++) {
        const x = (column + chanceAt(part, dot, 1)) * width
        const y = (row + chanceAt(part, dot, 2)) * height
        this.#dot(x, y, 19, 'rgb(122 40 18 / 70%)')
      }
    }
  }

  #dot(x: number, y: number, radius: number, fill: string): void {
    this.#brush.beginPath()
    this.#brush.arc(x, y, radius, 0, Math.PI * 2)
    this.#brush.fillStyle = fill
    this.#brush.fill()
  }
}
