import { PALETTE } from './palette.ts'
import { blob, shadow, shape, stroke } from './pen.ts'
import { type Picture, picture } from './picture.ts'

type Brush = CanvasRenderingContext2D

/** A barrel, closed or open. */
export function paintBarrel(isOpen: boolean): Picture {
  return picture(22, 44, 10, brush => {
    shadow(brush, 1, 0, 16)
    shape(
      brush,
      [
        [-10, -28],
        [10, -28],
        [15, -14],
        [11, 1],
        [0, 3.4],
        [-11, 1],
        [-15, -14],
      ],
      PALETTE.wood,
      1.4,
    )
    for (const x of [-5, 0.5, 6])
      stroke(
        brush,
        [
          [x, -26],
          [x * 1.25, -13],
          [x, 0],
        ],
        PALETTE.inkFaint,
        1,
      )
    stroke(
      brush,
      [
        [-12.4, -20.5],
        [0, -18.6],
        [12.4, -20.5],
      ],
      PALETTE.iron,
      2.2,
    )
    stroke(
      brush,
      [
        [-12.8, -6.5],
        [0, -4.4],
        [12.8, -6.5],
      ],
      PALETTE.iron,
      2.2,
    )
    blob(brush, [0, -27.4, 10.4, 3.8], isOpen ? '#5a4530' : PALETTE.woodLight)
    if (!isOpen) return
    for (const [x, tilt] of [
      [-4.5, -0.35],
      [0.5, 0],
      [5, 0.35],
    ] as const)
      carrot(brush, x, tilt)
    blob(brush, [15, -5, 3.6, 10.4], PALETTE.woodLight, { tilt: 0.35 })
  })
}

function carrot(brush: Brush, x: number, tilt: number): void {
  brush.save()
  brush.translate(x, -28)
  brush.rotate(tilt)
  for (const side of [-2, 0, 2])
    stroke(
      brush,
      [
        [0, -6],
        [side * 1.4, -12],
      ],
      '#6f9a4f',
      1.8,
    )
  shape(
    brush,
    [
      [-3, -6],
      [3, -6],
      [2.4, 0],
      [0, 3],
      [-2.4, 0],
    ],
    '#e08a3c',
    1,
  )
  brush.restore()
}
