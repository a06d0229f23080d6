import { WORLD } from '../../common/geometry.ts'
import type { Box } from '../camera.ts'
import { brushOf, canvasOf } from '../dom.ts'
import type { Ground } from './ground.ts'

/** Width and height of a tile, in units. */
const TILE = 500
/** Tiles that are kept: those of the whole area of interest, and some around it. */
const KEPT = 30
/** Milliseconds of a frame that may go into new tiles. */
const BUDGET_MILLIS = 12
/** Units for a pixel of the map that stands in while a tile is not painted yet. */
const FAR_SCALE = 1 / 8

/** The ground in tiles, each painted once and kept for as long as it is near. */
export class Tiles {
  readonly #ground: Ground
  readonly #tiles = new Map<number, HTMLCanvasElement>()
  /** The whole world, small. */
  readonly far: HTMLCanvasElement
  #sharpness = 1

  constructor(ground: Ground) {
    this.#ground = ground
    const { canvas, brush } = canvasOf(WORLD.width * FAR_SCALE, WORLD.height * FAR_SCALE)
    brush.scale(FAR_SCALE, FAR_SCALE)
    ground.paint(brush, 0, 0, WORLD.width, WORLD.height, false)
    this.far = canvas
  }

  /** @param pixels  of the screen for a unit of the world */
  setSharpness(pixels: number): void {
    const sharpness = Math.min(2, Math.max(0.75, Math.ceil(pixels * 4) / 4))
    if (sharpness === this.#sharpness) return
    this.#sharpness = sharpness
    this.#tiles.clear()
  }

  /** Paints what is in a box. */
  paint(brush: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
    const until = performance.now() + BUDGET_MILLIS
    for (let row = Math.floor(y / TILE); row <= (y + height) / TILE; row++) {
      for (let column = Math.floor(x / TILE); column <= (x + width) / TILE; column++) {
        const tile = this.#tile(column, row, until)
        if (tile === undefined) this.#paintFar(brush, column, row)
        // Half a unit more, or the seams between tiles can be seen.
        else brush.drawImage(tile, column * TILE, row * TILE, TILE + 0.5, TILE + 0.5)
      }
    }
  }

  #tile(column: number, row: number, until: number): HTMLCanvasElement | undefined {
    const key = row * 1000 + column
    const known = this.#tiles.get(key)
    if (known !== undefined) {
      // The last one used is the last one to go.
      this.#tiles.delete(key)
      this.#tiles.set(key, known)
      return known
    }
    if (performance.now() > until) return undefined
    const tile = this.#reuse()
    const brush = brushOf(tile)
    brush.setTransform(
      this.#sharpness,
      0,
      0,
      this.#sharpness,
      -column * TILE * this.#sharpness,
      -row * TILE * this.#sharpness,
    )
    this.#ground.paint(brush, column * TILE, row * TILE, TILE, TILE, true)
    this.#tiles.set(key, tile)
    return tile
  }

  /** A canvas for a tile: that of the one that was not used for longest, when there are enough. */
  #reuse(): HTMLCanvasElement {
    const [oldest] = this.#tiles
    if (this.#tiles.size < KEPT || oldest === undefined) {
      return canvasOf(TILE * this.#sharpness, TILE * this.#sharpness).canvas
    }
    this.#tiles.delete(oldest[0])
    return oldest[1]
  }

  #paintFar(brush: CanvasRenderingContext2D, column: number, row: number): void {
    const size = TILE * FAR_SCALE
    brush.drawImage(
      this.far,
      column * size,
      row * size,
      size,
      size,
      column * TILE,
      row * TILE,
      TILE + 0.5,
      TILE + 0.5,
    )
  }
}
