import { seededChance } from '../../common/chance.ts'
import { PALETTE } from './palette.ts'
import { blob, shadow, shape, stroke } from './pen.ts'
import { type Picture, picture } from './picture.ts'

type Brush = CanvasRenderingContext2D

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
