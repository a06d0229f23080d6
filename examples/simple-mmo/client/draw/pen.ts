import { PALETTE } from './palette.ts'

type Brush = CanvasRenderingContext2D

/** A filled ellipse with an outline, unless `line` is empty. */
export function blob(
  brush: Brush,
  [x, y, rx, ry]: readonly [number, number, number, number],
  fill: string,
  { tilt = 0, line = PALETTE.ink as string, width = 1.3 } = {},
): void {
  brush.beginPath()
  brush.ellipse(x, y, rx, ry, tilt, 0, Math.PI * 2)
  brush.fillStyle = fill
  brush.fill()
  if (line === '') return
  brush.strokeStyle = line
  brush.lineWidth = width
  brush.stroke()
}

/** A filled outline of curves: each point is the end of one, bent towards where the next begins. */
export function shape(
  brush: Brush,
  points: readonly (readonly [number, number])[],
  fill: string,
  width = 1.3,
): void {
  brush.beginPath()
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y]
    if (index === 0) brush.moveTo((x + nextX) / 2, (y + nextY) / 2)
    else brush.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
  }
  const [first, second] = points
  if (first !== undefined && second !== undefined) {
    brush.quadraticCurveTo(first[0], first[1], (first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
  }
  brush.closePath()
  brush.fillStyle = fill
  brush.fill()
  brush.strokeStyle = PALETTE.ink
  brush.lineWidth = width
  brush.stroke()
}

/** A line through some points. */
export function stroke(
  brush: Brush,
  points: readonly (readonly [number, number])[],
  line: string,
  width: number,
): void {
  brush.beginPath()
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) brush.moveTo(x, y)
    else brush.lineTo(x, y)
  }
  brush.strokeStyle = line
  brush.lineWidth = width
  brush.lineCap = 'round'
  brush.lineJoin = 'round'
  brush.stroke()
}

/** The shadow of something that stands. */
export function shadow(brush: Brush, x: number, y: number, rx: number): void {
  blob(brush, [x, y, rx, rx * 0.38], PALETTE.shadow, { line: '' })
}
