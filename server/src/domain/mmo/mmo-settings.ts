import type { Vec3 } from '@warren/codec'
import type { MmoSettings } from '../settings.ts'

/** Whether positions are whole numbers of 32 bits or 32-bit floats; a room has one kind for all [P-6.13.1]. */
export type Coordinates = Vec3['kind']

/** A point as people write it; without `z` it is on the ground, at 0. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly z?: number | undefined
}

/** What somebody says of a new MMO room; the rest is as the stock server has it. */
export interface MmoInput extends Partial<Omit<MmoSettings, 'aoi' | 'lowerLimit' | 'higherLimit'>> {
  /** `int` when left out. */
  readonly coordinates?: Coordinates
  readonly aoi: Point
  readonly lowerLimit?: Point | undefined
  readonly higherLimit?: Point | undefined
}

/** What is wrong with the settings of an MMO room. */
export interface MmoProblem {
  readonly setting: keyof MmoSettings
  /** A half sentence that follows the setting. */
  readonly problem: string
}

/** What a setting is when nobody says [P-6.13]. */
export const MMO_DEFAULTS = {
  maxLimboSeconds: 50,
  proximityMillis: 250,
  sendEntryPoint: true,
  leaveFactor: 1,
  maxVisibleUsers: 0,
  streamPositions: false,
  positionStep: 0,
} as const

/** The least and the most that a setting may be. */
export const MMO_RANGES = {
  maxLimboSeconds: { min: 1, max: 32_767 },
  proximityMillis: { min: 10, max: 60_000 },
  leaveFactor: { min: 1, max: 10 },
  maxVisibleUsers: { min: 0, max: 30_000 },
  positionStep: { min: 0, max: 1_000_000 },
} as const

/**
 * Steps in the shorter side of the area of interest, when nobody says. Who moves less than a quarter of it in a round
 * is told in a byte for each axis, and what is lost is less than a client's screen has pixels.
 */
const STEPS_IN_AREA = 256

type RangedSetting = keyof typeof MMO_RANGES

const RANGED = Object.keys(MMO_RANGES) as RangedSetting[]
/** Those that may be a fraction. */
const FRACTIONS: ReadonlySet<RangedSetting> = new Set(['leaveFactor', 'positionStep'])

const MIN_INT = -(2 ** 31)
const MAX_INT = 2 ** 31 - 1

/** The settings that were meant. Not checked: see `mmoProblems`. */
export function mmoSettingsOf({
  coordinates = 'int',
  aoi,
  lowerLimit,
  higherLimit,
  ...rest
}: MmoInput): MmoSettings {
  return {
    ...MMO_DEFAULTS,
    ...rest,
    aoi: vectorOf(aoi, coordinates),
    lowerLimit: lowerLimit === undefined ? null : vectorOf(lowerLimit, coordinates),
    higherLimit: higherLimit === undefined ? null : vectorOf(higherLimit, coordinates),
  }
}

/** What streamed positions of a room are multiples of: what was said, or a 256th of its area [P-13.3]. */
export function positionStepOf({ aoi, positionStep }: MmoSettings): number {
  if (positionStep > 0) return positionStep
  const step = Math.min(aoi.x, aoi.y) / STEPS_IN_AREA
  return aoi.kind === 'int' ? Math.max(1, step) : step
}

/** A point in the numbers of a room. Floats are rounded to 32 bits, so that clients know the same number. */
export function vectorOf({ x, y, z = 0 }: Point, kind: Coordinates): Vec3 {
  return kind === 'int'
    ? { kind, x, y, z }
    : { kind, x: Math.fround(x), y: Math.fround(y), z: Math.fround(z) }
}

/** Everything that no MMO room can be made with: numbers that are none, or that can only be a mistake. */
export function mmoProblems(settings: MmoSettings): MmoProblem[] {
  const { aoi, lowerLimit, higherLimit } = settings
  const problems: MmoProblem[] = []
  const blame = (setting: keyof MmoSettings, problem: string | undefined) => {
    if (problem !== undefined) problems.push({ setting, problem })
  }
  blame('aoi', numberProblem(aoi, aoi.kind) ?? sizeProblem(aoi))
  blame('lowerLimit', lowerLimit === null ? undefined : numberProblem(lowerLimit, aoi.kind))
  blame('higherLimit', higherLimit === null ? undefined : numberProblem(higherLimit, aoi.kind))
  if ((lowerLimit === null) !== (higherLimit === null)) {
    const given = lowerLimit === null ? 'higherLimit' : 'lowerLimit'
    blame(given, 'stands alone: a map has both limits or none')
  } else if (lowerLimit !== null && higherLimit !== null && !isBelow(lowerLimit, higherLimit)) {
    blame('higherLimit', 'is below lowerLimit')
  }
  for (const setting of RANGED) blame(setting, rangeProblem(setting, settings[setting]))
  return problems
}

function rangeProblem(setting: RangedSetting, value: number): string | undefined {
  const { min, max } = MMO_RANGES[setting]
  const isKind = FRACTIONS.has(setting) ? Number.isFinite(value) : Number.isInteger(value)
  return isKind && value >= min && value <= max ? undefined : `is not between ${min} and ${max}`
}

function numberProblem(vector: Vec3, kind: Coordinates): string | undefined {
  if (vector.kind !== kind) return `is of ${vector.kind}s and the area of interest of ${kind}s`
  return isUsable(vector) ? undefined : `has a number that is no ${kind} of 32 bits`
}

/** Whether all numbers are of their kind: no fraction among ints, nothing endless. */
export function isUsable({ kind, x, y, z }: Vec3): boolean {
  return kind === 'int' ? isInt(x) && isInt(y) && isInt(z) : isFinite32(x) && isFinite32(y) && isFinite32(z)
}

const isInt = (value: number) => Number.isInteger(value) && value >= MIN_INT && value <= MAX_INT

const isFinite32 = (value: number) => Number.isFinite(Math.fround(value))

function sizeProblem({ x, y, z }: Vec3): string | undefined {
  return x > 0 && y > 0 && z >= 0 ? undefined : 'is no area: x and y must be above 0, and z not below'
}

/** Whether no number of one point is above that of the other. */
function isBelow(lower: Vec3, higher: Vec3): boolean {
  return lower.x <= higher.x && lower.y <= higher.y && lower.z <= higher.z
}
