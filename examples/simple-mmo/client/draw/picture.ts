import { canvasOf } from '../dom.ts'

type Brush = CanvasRenderingContext2D

/** A picture of something that stands on the ground. */
export interface Picture {
  readonly canvas: HTMLCanvasElement
  /** In units, as the next two: where in the picture it stands. */
  readonly footX: number
  readonly footY: number
  readonly width: number
  readonly height: number
}

const SHARPNESS = 2

/** Paints a picture around its foot: so far to each side, up and down. */
export function picture(side: number, up: number, down: number, paint: (brush: Brush) => void): Picture {
  const { canvas, brush } = canvasOf(side * 2 * SHARPNESS, (up + down) * SHARPNESS)
  brush.scale(SHARPNESS, SHARPNESS)
  brush.translate(side, up)
  paint(brush)
  return { canvas, footX: side, footY: up, width: side * 2, height: up + down }
}

/** Puts a picture with its foot on a place. */
export function put(
  brush: Brush,
  { canvas, footX, footY, width, height }: Picture,
  x: number,
  y: number,
): void {
  brush.drawImage(canvas, x - footX, y - footY, width, height)
}
