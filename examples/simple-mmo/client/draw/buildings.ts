import { PALETTE } from './palette.ts'
import { blob, shadow, shape, stroke } from './pen.ts'
import { type Picture, picture } from './picture.ts'

/** A burrow: a mound with a round door. @param look  from 0 to below 1 */
export function paintBurrow(look: number): Picture {
  const door = PALETTE.doors[Math.floor(look * PALETTE.doors.length)] ?? PALETTE.doors[0]
  return picture(74, 100, 16, brush => {
    blob(brush, [4, -3, 66, 16], PALETTE.shadow, { line: '' })
    shape(
      brush,
      [
        [26, -62],
        [38, -62],
        [37, -88],
        [27, -88],
      ],
      PALETTE.stone,
    )
    shape(
      brush,
      [
        [-62, 2],
        [-58, -34],
        [-36, -66],
        [2, -76],
        [38, -64],
        [60, -32],
        [62, 2],
        [0, 6],
      ],
      PALETTE.mound,
      1.6,
    )
    shape(
      brush,
      [
        [-42, -34],
        [-24, -60],
        [6, -68],
        [22, -60],
        [-8, -48],
      ],
      PALETTE.moundLight,
      0.01,
    )
    for (const [x, y] of [
      [-44, -20],
      [-30, -44],
      [42, -26],
      [30, -48],
      [6, -64],
      [-50, -6],
      [50, -8],
    ] as const) {
      stroke(
        brush,
        [
          [x - 4, y - 5],
          [x - 1, y],
          [x, y - 7],
          [x + 2, y],
          [x + 5, y - 5],
        ],
        PALETTE.inkSoft,
        1.1,
      )
    }
    blob(brush, [-6, -20, 22, 24], PALETTE.stone, { width: 1.6 })
    blob(brush, [-6, -18, 17, 19.5], door, { width: 1.4 })
    for (const x of [-12, -6, 0])
      stroke(
        brush,
        [
          [x, -34],
          [x, -2],
        ],
        PALETTE.inkFaint,
        1,
      )
    blob(brush, [5, -18, 1.7, 1.7], '#f0c75e', { width: 0.9 })
    blob(brush, [36, -30, 9, 9], '#f7dc8c', { width: 1.6 })
    stroke(
      brush,
      [
        [36, -39],
        [36, -21],
      ],
      PALETTE.ink,
      1.2,
    )
    stroke(
      brush,
      [
        [27, -30],
        [45, -30],
      ],
      PALETTE.ink,
      1.2,
    )
  })
}

/** The well in the middle of a village. */
export function paintWell(): Picture {
  return picture(40, 74, 18, brush => {
    shadow(brush, 2, 2, 34)
    shape(
      brush,
      [
        [-26, -22],
        [26, -22],
        [27, 6],
        [0, 13],
        [-27, 6],
      ],
      PALETTE.stone,
      1.5,
    )
    blob(brush, [0, -22, 26, 9], PALETTE.stoneShade, { width: 1.5 })
    blob(brush, [0, -21, 20, 6], '#5b8b96', { width: 1.1 })
    for (const [x, y] of [
      [-16, -6],
      [-4, 0],
      [9, -5],
      [18, 1],
      [-20, 3],
    ] as const) {
      stroke(
        brush,
        [
          [x - 4, y],
          [x + 4, y + 0.6],
        ],
        PALETTE.inkSoft,
        1.1,
      )
    }
    stroke(
      brush,
      [
        [-23, -22],
        [-23, -54],
      ],
      PALETTE.trunk,
      4,
    )
    stroke(
      brush,
      [
        [23, -22],
        [23, -54],
      ],
      PALETTE.trunk,
      4,
    )
    shape(
      brush,
      [
        [-36, -48],
        [-24, -60],
        [0, -72],
        [24, -60],
        [36, -48],
        [0, -52],
      ],
      '#c4573f',
      1.5,
    )
  })
}
