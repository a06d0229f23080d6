import { clamp, type Point, WORLD } from '../common/geometry.ts'
import { AREA } from '../contract.ts'

/** The most of the world that the page shows at once: less than the area of interest, so that nobody pops up in sight. */
const VIEW = { width: AREA.x * 2 * 0.84, height: AREA.y * 2 * 0.84 } as const
/** How much more than the area of interest is shown when that is to be seen. */
const AROUND_AREA = 1.16
const EASE_PER_SECOND = 7

/** A box in the world. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Which part of the world is on the page. */
export class Camera {
  /** The middle of the page. */
  x = WORLD.width / 2
  y = WORLD.height / 2
  /** Whether the whole area of interest is shown. */
  showsArea = false
  #zoom = 1
  #width = 1
  #height = 1

  /** Pixels of the page for a unit of the world. */
  get zoom(): number {
    return this.#zoom
  }

  /** The page has another size, in its pixels. */
  resize(width: number, height: number): void {
    this.#width = Math.max(1, width)
    this.#height = Math.max(1, height)
    this.#zoom = this.#wantedZoom
  }

  /** Moves towards a place. @param seconds  since the last frame */
  follow({ x, y }: Point, seconds: number): void {
    const part = Math.min(1, seconds * EASE_PER_SECOND)
    this.#zoom += (this.#wantedZoom - this.#zoom) * part
    this.x = x
    this.y = y
  }

  /** What is shown. */
  get box(): Box {
    return this.#boxAt(this.#zoom)
  }

  /** What would be shown at the natural size. */
  get naturalBox(): Box {
    return this.#boxAt(this.naturalZoom)
  }

  /** Pixels of the page for a unit of the world, at the natural size. */
  get naturalZoom(): number {
    return Math.max(this.#width / VIEW.width, this.#height / VIEW.height)
  }

  /** The place below a point of the page. */
  toWorld(left: number, top: number): Point {
    const { x, y } = this.box
    return { x: x + left / this.#zoom, y: y + top / this.#zoom }
  }

  #boxAt(zoom: number): Box {
    const width = this.#width / zoom
    const height = this.#height / zoom
    return { x: this.x - width / 2, y: this.y - height / 2, width, height }
  }

  get #wantedZoom(): number {
    if (!this.showsArea) return this.naturalZoom
    const whole = Math.min(this.#width / (AREA.x * 2), this.#height / (AREA.y * 2)) / AROUND_AREA
    return clamp(whole, 0.1, this.naturalZoom)
  }
}
