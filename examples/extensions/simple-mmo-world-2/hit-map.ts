/** A place on the map, in pixels. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** How much ground something takes: an ellipse around the place where it stands, in pixels. */
export interface Footprint {
  readonly width: number
  readonly height: number
}

/** Which pixels of a map cannot be walked on. */
export class HitMap {
  readonly width: number
  readonly height: number
  readonly #blocked: Uint8Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.#blocked = new Uint8Array(width * height)
  }

  /** Whether a pixel is in the way; everything outside of the map is. */
  has(x: number, y: number): boolean {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return true
    return this.#blocked[y * this.width + x] === 1
  }

  /** Puts something in the way. What is over the edge of the map is cut off. */
  block(place: Place, footprint: Footprint): void {
    this.#paint(place, footprint, 1)
  }

  /** Makes sure that one can walk there. */
  clear(place: Place, footprint: Footprint): void {
    this.#paint(place, footprint, 0)
  }

  #paint({ x, y }: Place, { width, height }: Footprint, value: 0 | 1): void {
    const [rx, ry] = [width / 2, height / 2]
    const bottom = Math.min(this.height - 1, Math.floor(y + ry))
    for (let row = Math.max(0, Math.ceil(y - ry)); row <= bottom; row++) {
      const reach = rx * Math.sqrt(1 - ((row - y) / ry) ** 2)
      const from = Math.max(0, Math.ceil(x - reach))
      const to = Math.min(this.width - 1, Math.floor(x + reach))
      if (from <= to) this.#blocked.fill(value, row * this.width + from, row * this.width + to + 1)
    }
  }
}
