import { fixed } from './table.ts'

/** A figure that Warren is meant to reach, and what was measured. */
export interface Goal {
  readonly text: string
  readonly measured: string
  readonly isReached: boolean
}

/** A goal that is reached from a value on; a list, to be spread among others. */
export function atLeast(text: string, value: number, goal: number, unit: string): Goal[] {
  return [{ text, measured: `${fixed(value, 2)}${unit}`, isReached: value >= goal }]
}

/** A goal that is reached up to a value. */
export function atMost(text: string, value: number, goal: number, unit: string): Goal[] {
  return [{ text, measured: `${fixed(value, 2)}${unit}`, isReached: value <= goal }]
}
