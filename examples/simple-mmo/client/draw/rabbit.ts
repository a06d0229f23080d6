import { PORTER_LOOK } from '../../contract.ts'
import type { Actor, Side } from '../actor.ts'
import { canvasOf } from '../dom.ts'
import { PALETTE } from './palette.ts'
import { blob, shape, stroke } from './pen.ts'

type Brush = CanvasRenderingContext2D

const FURS = ['#c39b72', '#efe6d2', '#9c9087', '#7d6350', '#ddbd92', '#f7f3ea'] as const
const COATS = [
  '#c4573f',
  '#3f7a86',
  '#d79b3b',
  '#5d7d4a',
  '#7a5b8c',
  '#3f5f8f',
  '#c9788f',
  '#8a7350',
] as const
const PORTER_COAT = '#6b5a46'
/** How many looks there are. */
export const LOOKS = FURS.length * COATS.length

/** A picture, in units: rabbits stand in its middle, a little above its lower edge. */
const CELL = { width: 52, height: 76, foot: 70 } as const
const FRAMES = 6
const ROWS = ['front', 'back', 'right'] as const
/** Pixels of a picture for a unit. */
const SHARPNESS = 2

/** Rabbits, painted once for each look, side and step, and copied from then on. */
export class Rabbits {
  readonly #sheets = new Map<number, HTMLCanvasElement>()

  /** Paints one with his feet on his place. */
  paint(brush: Brush, { x, y, look, side, phase, isWalking }: Actor): void {
    const frame = isWalking ? 1 + (Math.floor(phase * FRAMES) % FRAMES) : 0
    const row = side === 'left' ? 2 : ROWS.indexOf(side)
    const { width, height, foot } = CELL
    const [w, h] = [width * SHARPNESS, height * SHARPNESS]
    brush.save()
    brush.translate(x, y)
    if (side === 'left') brush.scale(-1, 1)
    brush.drawImage(this.#sheet(look), frame * w, row * h, w, h, -width / 2, -foot, width, height)
    brush.restore()
  }

  #sheet(look: number): HTMLCanvasElement {
    const known = this.#sheets.get(look)
    if (known !== undefined) return known
    const { canvas, brush } = canvasOf(
      CELL.width * (FRAMES + 1) * SHARPNESS,
      CELL.height * ROWS.length * SHARPNESS,
    )
    for (const [row, side] of ROWS.entries()) {
      for (let frame = 0; frame <= FRAMES; frame++) {
        brush.setTransform(SHARPNESS, 0, 0, SHARPNESS, 0, 0)
        brush.translate((frame + 0.5) * CELL.width, row * CELL.height + CELL.foot)
        paintRabbit(brush, look, side, frame === 0 ? undefined : (frame - 1) / FRAMES)
      }
    }
    this.#sheets.set(look, canvas)
    return canvas
  }
}

/** @param phase  of a step, from 0 to below 1; undefined when he stands */
function paintRabbit(brush: Brush, look: number, side: Side, phase: number | undefined): void {
  const isPorter = look === PORTER_LOOK
  const fur = FURS[isPorter ? 2 : look % FURS.length] ?? FURS[0]
  const coat = isPorter ? PORTER_COAT : (COATS[Math.floor(look / FURS.length) % COATS.length] ?? COATS[0])
  const swing = phase === undefined ? 0 : Math.sin(phase * Math.PI * 2)
  const hop = phase === undefined ? 0 : Math.abs(swing) * 3.5
  const parts: Parts = { brush, fur, coat, swing, isPorter }
  feet(parts, side)
  brush.save()
  brush.translate(0, -hop)
  const paint = { front: paintFront, back: paintBack, right: paintRight, left: paintRight }
  paint[side](parts)
  brush.restore()
}

interface Parts {
  readonly brush: Brush
  readonly fur: string
  readonly coat: string
  /** From -1 to 1, as he steps. */
  readonly swing: number
  readonly isPorter: boolean
}

function feet({ brush, fur, swing }: Parts, side: Side): void {
  const lift = (part: number) => Math.max(0, part) * 3
  if (side === 'right' || side === 'left') {
    blob(brush, [-1 - swing * 7, -2 - lift(-swing), 5.6, 2.7], fur)
    blob(brush, [1 + swing * 7, -2 - lift(swing), 5.6, 2.7], fur)
    return
  }
  blob(brush, [-5, -2 - lift(swing) * 1.3, 4.3, 3], fur)
  blob(brush, [5, -2 - lift(-swing) * 1.3, 4.3, 3], fur)
}

/** The coat, as wide at its hem as given. */
function body({ brush, coat }: Parts, hem: number): void {
  shape(
    brush,
    [
      [-5, -29],
      [5, -29],
      [hem, -12],
      [hem + 1, -4],
      [0, -2.6],
      [-hem - 1, -4],
      [-hem, -12],
    ],
    coat,
  )
}

function ear({ brush, fur }: Parts, x: number, tilt: number, hasInside: boolean): void {
  brush.save()
  brush.translate(x, -42)
  brush.rotate(tilt)
  blob(brush, [0, -9, 3.5, 10], fur)
  if (hasInside) blob(brush, [0, -8.4, 1.5, 6.8], '#e3aaa0', { line: '' })
  brush.restore()
}

function paintFront(parts: Parts): void {
  const { brush, fur, swing } = parts
  ear(parts, -4.6, -0.16 - swing * 0.06, true)
  ear(parts, 4.6, 0.16 - swing * 0.06, true)
  body(parts, 9)
  for (const y of [-18, -12.5]) blob(brush, [0, y, 1, 1], PALETTE.paper, { line: '' })
  blob(brush, [-9.4, -16 + swing * 2, 2.9, 3.4], fur)
  blob(brush, [9.4, -16 - swing * 2, 2.9, 3.4], fur)
  blob(brush, [0, -35, 11, 9.6], fur)
  face(brush, -3.9, 3.9, 0)
  if (parts.isPorter) hat(brush, 0)
}

function face(brush: Brush, left: number, right: number, middle: number): void {
  blob(brush, [middle, -31.6, 5, 3.4], 'rgb(255 255 255 / 55%)', { line: '' })
  for (const x of [left, right]) {
    blob(brush, [x, -36.4, 1.35, 1.9], '#2d261d', { line: '' })
    blob(brush, [x + 0.5, -37.1, 0.5, 0.6], '#ffffff', { line: '' })
    blob(brush, [x * 1.75, -32.8, 1.9, 1.3], 'rgb(222 130 115 / 50%)', { line: '' })
  }
  blob(brush, [middle, -33.2, 1.5, 1.05], '#c4746a', { line: '' })
  stroke(
    brush,
    [
      [middle, -32.2],
      [middle, -30.9],
    ],
    PALETTE.ink,
    0.9,
  )
}

function paintBack(parts: Parts): void {
  const { brush, fur, swing } = parts
  body(parts, 9)
  blob(brush, [-9.4, -16 - swing * 2, 2.9, 3.4], fur)
  blob(brush, [9.4, -16 + swing * 2, 2.9, 3.4], fur)
  blob(brush, [0, -9, 4.4, 4.2], '#fbf8f0')
  ear(parts, -4.6, -0.16 + swing * 0.06, false)
  ear(parts, 4.6, 0.16 + swing * 0.06, false)
  blob(brush, [0, -35, 11, 9.6], fur)
  if (parts.isPorter) hat(brush, 0)
}

function paintRight(parts: Parts): void {
  const { brush, fur, swing } = parts
  blob(brush, [-8.6, -9.5, 4, 3.8], '#fbf8f0')
  ear(parts, -1.5, -0.5 - swing * 0.1, false)
  body(parts, 7.4)
  blob(brush, [1.5 - swing * 5, -16, 3, 3.7], fur)
  ear(parts, 1.5, -0.26 - swing * 0.1, true)
  blob(brush, [2, -35, 10.4, 9.4], fur)
  blob(brush, [9.4, -32.4, 4.4, 3.6], fur, { line: '' })
  stroke(
    brush,
    [
      [10.6, -36],
      [13.6, -33.4],
      [12.4, -29.6],
      [9, -28.2],
    ],
    PALETTE.ink,
    1.1,
  )
  blob(brush, [13.3, -33.7, 1.3, 1.05], '#c4746a', { line: '' })
  blob(brush, [6.6, -36.6, 1.35, 1.9], '#2d261d', { line: '' })
  blob(brush, [7, -37.3, 0.5, 0.6], '#ffffff', { line: '' })
  blob(brush, [6.4, -31.8, 2, 1.4], 'rgb(222 130 115 / 50%)', { line: '' })
  if (parts.isPorter) hat(brush, 2)
}

function hat(brush: Brush, x: number): void {
  blob(brush, [x, -42, 11.5, 3.4], '#e0bd6f')
  shape(
    brush,
    [
      [x - 6, -43],
      [x - 5.4, -51],
      [x + 5.4, -51],
      [x + 6, -43],
    ],
    '#e8ca82',
  )
  stroke(
    brush,
    [
      [x - 5.2, -43.6],
      [x + 5.2, -43.6],
    ],
    PALETTE.doors[0],
    2,
  )
}
