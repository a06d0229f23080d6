import { chanceAt, noise } from '../../common/chance.ts'
import type { Point } from '../../common/geometry.ts'
import { type Island, PLAZA_RADIUS } from '../../common/island.ts'
import { fieldOf, LEVELS } from '../../common/terrain.ts'
import { canvasOf } from '../dom.ts'
import { forestAt } from '../scenery.ts'
import { contour } from './contours.ts'
import { PALETTE, SERIF } from './palette.ts'
import { blob, stroke } from './pen.ts'

type Brush = CanvasRenderingContext2D

/** Units between two marks on the ground. */
const MARK_SPACING = 46
const ROAD_WIDTH = 30

interface Layer {
  readonly path: Path2D
  readonly fill: string
}

/** Paints what lies flat: sea, sand, grass, roads, and small marks. */
export class Ground {
  readonly #island: Island
  readonly #layers: readonly Layer[]
  readonly #coast: Path2D
  readonly #roads: Path2D
  /** Paints nothing; it knows how wide a line is. */
  readonly #ruler = canvasOf(1, 1).brush

  constructor(island: Island) {
    const { seed, terrain } = island
    const { heights } = terrain
    const onGrass = (x: number, y: number) => Math.min(1, (terrain.height(x, y) - LEVELS.grass) * 8)
    const forest = fieldOf((x, y) => Math.min(forestAt(x, y, seed) - 0.52, onGrass(x, y)))
    const meadow = fieldOf((x, y) => Math.min(noise(x / 520, y / 520, seed + 41) - 0.58, onGrass(x, y)))
    this.#island = island
    this.#coast = contour(heights, LEVELS.shore)
    this.#layers = [
      { path: contour(heights, LEVELS.deep * 1.5), fill: PALETTE.deep },
      { path: contour(heights, LEVELS.deep), fill: PALETTE.sea },
      { path: contour(heights, LEVELS.shallow), fill: PALETTE.shallow },
      { path: contour(heights, LEVELS.shore - 0.013), fill: PALETTE.foam },
      { path: this.#coast, fill: PALETTE.sandWet },
      { path: contour(heights, LEVELS.shore + 0.016), fill: PALETTE.sand },
      { path: contour(heights, LEVELS.grass), fill: PALETTE.grass },
      { path: contour(meadow, 0), fill: PALETTE.meadow },
      { path: contour(forest, 0), fill: PALETTE.forest },
    ]
    this.#roads = new Path2D()
    for (const { points } of island.roads) {
      for (const [index, { x, y }] of points.entries()) {
        if (index === 0) this.#roads.moveTo(x, y)
        else this.#roads.lineTo(x, y)
      }
    }
  }

  /**
   * Paints a box of the world; what is outside of it is left to the clipping of the brush.
   * @param hasMarks  with grass, waves and the like: for a map that is large enough to see them
   */
  paint(brush: Brush, x: number, y: number, width: number, height: number, hasMarks: boolean): void {
    brush.fillStyle = PALETTE.abyss
    brush.fillRect(x, y, width, height)
    for (const { path, fill } of this.#layers) {
      brush.fillStyle = fill
      // Lakes are lines within a line.
      brush.fill(path, 'evenodd')
    }
    this.#outline(brush, hasMarks ? 1.6 : 7)
    this.#paintRoads(brush, hasMarks)
    if (!hasMarks) return
    forEachSpot(x, y, width, height, (place, chance, look) => this.#mark(brush, place, chance, look))
    for (const village of this.#island.villages) {
      brush.fillStyle = PALETTE.inkSoft
      brush.font = `italic 600 23px ${SERIF}`
      brush.textAlign = 'center'
      brush.fillText(village.name, village.x, village.y + PLAZA_RADIUS * 0.62)
    }
  }

  #outline(brush: Brush, width: number): void {
    brush.strokeStyle = PALETTE.ink
    brush.lineWidth = width
    brush.lineJoin = 'round'
    brush.stroke(this.#coast)
    const [, , , , , , grass] = this.#layers
    if (grass === undefined || width > 2) return
    brush.strokeStyle = PALETTE.inkFaint
    brush.stroke(grass.path)
  }

  #paintRoads(brush: Brush, hasMarks: boolean): void {
    const scale = hasMarks ? 1 : 1.6
    const layers = [
      [PALETTE.roadEdge, 5],
      [PALETTE.road, 0],
    ] as const
    brush.lineCap = 'round'
    brush.lineJoin = 'round'
    for (const [colour, more] of layers) {
      brush.strokeStyle = colour
      brush.lineWidth = (ROAD_WIDTH + more) * scale
      brush.stroke(this.#roads)
      for (const { x, y } of this.#island.villages) {
        blob(brush, [x, y, PLAZA_RADIUS + more / 2, PLAZA_RADIUS * 0.82 + more / 2], colour, { line: '' })
      }
    }
    if (!hasMarks) return
    brush.strokeStyle = PALETTE.inkFaint
    brush.lineWidth = 1.2
    brush.setLineDash([9, 17, 4, 22])
    brush.stroke(this.#roads)
    brush.setLineDash([])
  }

  /** A small mark: a wave, a pebble, grass, or a flower. */
  #mark(brush: Brush, { x, y }: Point, chance: number, look: number): void {
    const height = this.#island.terrain.height(x, y)
    if (height < LEVELS.shallow) {
      if (chance < 0.14) wave(brush, x, y, 6 + look * 9)
    } else if (height < 0) {
      if (chance < 0.1) wave(brush, x, y, 5 + look * 4)
    } else if (height < LEVELS.grass) {
      if (chance < 0.3) blob(brush, [x, y, 1.3 + look * 1.4, 1 + look], PALETTE.inkFaint, { line: '' })
    } else if (this.#isOnRoad(x, y)) {
      if (chance < 0.12) blob(brush, [x, y, 2.6, 1.7], PALETTE.inkFaint, { line: '' })
    } else if (chance < 0.42) tuft(brush, x, y, 3.4 + look * 3)
    else if (chance < 0.5) flower(brush, x, y, look)
  }

  #isOnRoad(x: number, y: number): boolean {
    this.#ruler.lineWidth = ROAD_WIDTH + 8
    return (
      this.#ruler.isPointInStroke(this.#roads, x, y) ||
      this.#island.villages.some(village => Math.hypot(village.x - x, (village.y - y) / 0.82) < PLAZA_RADIUS)
    )
  }
}

function forEachSpot(
  x: number,
  y: number,
  width: number,
  height: number,
  visit: (place: Point, chance: number, look: number) => void,
): void {
  for (let row = Math.floor(y / MARK_SPACING) - 1; row <= (y + height) / MARK_SPACING; row++) {
    for (let column = Math.floor(x / MARK_SPACING) - 1; column <= (x + width) / MARK_SPACING; column++) {
      const place = {
        x: (column + chanceAt(column, row, 61)) * MARK_SPACING,
        y: (row + chanceAt(column, row, 62)) * MARK_SPACING,
      }
      visit(place, chanceAt(column, row, 63), chanceAt(column, row, 64))
    }
  }
}

function wave(brush: Brush, x: number, y: number, size: number): void {
  brush.beginPath()
  brush.moveTo(x - size, y)
  brush.quadraticCurveTo(x - size / 2, y - size * 0.45, x, y)
  brush.quadraticCurveTo(x + size / 2, y - size * 0.45, x + size, y)
  brush.strokeStyle = 'rgb(255 255 255 / 42%)'
  brush.lineWidth = 1.6
  brush.stroke()
}

function tuft(brush: Brush, x: number, y: number, size: number): void {
  stroke(
    brush,
    [
      [x - size, y - size],
      [x - size * 0.3, y],
      [x, y - size * 1.4],
      [x + size * 0.3, y],
      [x + size, y - size],
    ],
    'rgb(84 104 54 / 48%)',
    1.1,
  )
}

const PETALS = ['#fdfbf2', '#f0c75e', '#d98a9b', '#a58fc4'] as const

function flower(brush: Brush, x: number, y: number, look: number): void {
  stroke(
    brush,
    [
      [x, y],
      [x, y - 5],
    ],
    'rgb(84 104 54 / 60%)',
    1.1,
  )
  blob(brush, [x, y - 6.4, 2.3, 2.1], PETALS[Math.floor(look * PETALS.length)] ?? PETALS[0], { width: 0.7 })
}
