import { seededChance } from '../../common/chance.ts'
import { canvasOf } from '../dom.ts'
import { PALETTE } from './palette.ts'
import { blob, shadow, shape, stroke } from './pen.ts'

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
function picture(side: number, up: number, down: number, paint: (brush: Brush) => void): Picture {
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

/** The pictures of what grows; which one stands where is up to `scenery.ts`. */
export function paintPlants(): readonly Picture[] {
  const trees = PALETTE.leaves.map((colour, index) =>
    picture(46, 104, 16, brush => tree(brush, colour, index + 3)),
  )
  const pines = PALETTE.pines.map((colour, index) =>
    picture(34, 108, 14, brush => pine(brush, colour, index)),
  )
  return [...trees, ...pines, picture(26, 30, 10, bush), picture(26, 26, 10, rock)]
}

function tree(brush: Brush, colour: string, seed: number): void {
  const chance = seededChance(seed * 77)
  shadow(brush, 2, 0, 30)
  shape(
    brush,
    [
      [-5, -40],
      [5, -40],
      [5, -6],
      [9, 2],
      [0, 0],
      [-9, 2],
      [-5, -6],
    ],
    PALETTE.trunk,
  )
  const puffs = Array.from({ length: 8 }, (_, index) => {
    const angle = (index / 8) * Math.PI * 2
    return [Math.cos(angle) * 19, -60 + Math.sin(angle) * 15, 15 + chance() * 5] as const
  })
  for (const [x, y, r] of puffs) blob(brush, [x, y, r + 1.2, r + 1.2], PALETTE.ink, { line: '' })
  for (const [x, y, r] of puffs) blob(brush, [x, y, r, r], colour, { line: '' })
  blob(brush, [0, -60, 22, 18], colour, { line: '' })
  blob(brush, [-8, -70, 15, 10], 'rgb(255 250 205 / 26%)', { line: '' })
  blob(brush, [9, -47, 19, 10], 'rgb(50 60 30 / 13%)', { line: '' })
  for (let leaf = 0; leaf < 9; leaf++) {
    const x = (chance() - 0.5) * 46
    const y = -60 + (chance() - 0.5) * 38
    stroke(
      brush,
      [
        [x - 3, y],
        [x, y + 2.6],
        [x + 3, y],
      ],
      PALETTE.inkSoft,
      1.1,
    )
  }
}

function pine(brush: Brush, colour: string, seed: number): void {
  const lean = seed === 0 ? 1 : -1
  shadow(brush, 1, 0, 22)
  shape(
    brush,
    [
      [-4, -20],
      [4, -20],
      [4, 1],
      [-4, 1],
    ],
    PALETTE.trunk,
  )
  for (const [bottom, half, height] of [
    [-12, 25, 38],
    [-34, 20, 34],
    [-56, 14, 36],
  ] as const) {
    brush.beginPath()
    brush.moveTo(lean, bottom - height)
    brush.quadraticCurveTo(half * 0.4, bottom - height * 0.3, half, bottom)
    for (let scallop = 0; scallop < 4; scallop++) {
      const from = half - (scallop * half) / 2
      brush.quadraticCurveTo(from - half / 4, bottom + 6, from - half / 2, bottom)
    }
    brush.quadraticCurveTo(-half * 0.4, bottom - height * 0.3, lean, bottom - height)
    brush.fillStyle = colour
    brush.fill()
    brush.strokeStyle = PALETTE.ink
    brush.lineWidth = 1.3
    brush.lineJoin = 'round'
    brush.stroke()
    stroke(
      brush,
      [
        [-half * 0.45, bottom - 3],
        [-half * 0.2, bottom - height * 0.5],
      ],
      'rgb(255 250 205 / 35%)',
      2.4,
    )
  }
}

function bush(brush: Brush): void {
  shadow(brush, 1, 0, 20)
  const puffs = [
    [-10, -9, 9],
    [9, -9, 10],
    [0, -14, 11],
  ] as const
  for (const [x, y, r] of puffs) blob(brush, [x, y, r + 1.2, r + 1.2], PALETTE.ink, { line: '' })
  for (const [x, y, r] of puffs) blob(brush, [x, y, r, r], PALETTE.leaves[1] ?? '', { line: '' })
  for (const [x, y] of [
    [-9, -11],
    [4, -17],
    [10, -8],
    [-2, -7],
  ] as const) {
    blob(brush, [x, y, 2, 2], '#c4573f', { width: 0.8 })
  }
}

function rock(brush: Brush): void {
  shadow(brush, 1, 0, 20)
  shape(
    brush,
    [
      [-18, 1],
      [-17, -11],
      [-6, -21],
      [7, -18],
      [18, -7],
      [17, 2],
      [0, 3],
    ],
    PALETTE.stone,
  )
  stroke(
    brush,
    [
      [-5, -16],
      [-1, -9],
      [-6, -3],
    ],
    PALETTE.inkSoft,
    1.1,
  )
  stroke(
    brush,
    [
      [6, -13],
      [9, -7],
    ],
    PALETTE.inkSoft,
    1.1,
  )
}

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
