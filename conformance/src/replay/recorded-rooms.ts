import { readFileSync } from 'node:fs'
import { elements, type Typed, type TypedObject } from './typed.ts'

const FIXTURES = new URL('../../fixtures/traces/', import.meta.url)
/** Elements that an MMO room has in its row. */
const MMO_ROW = 14
/** Where a room says whether it is a game. */
const IS_GAME = 3

/** The rooms that a search of a recording found. */
export function recordedRooms(trace: string, step: number): readonly Typed[] {
  const { steps } = JSON.parse(readFileSync(new URL(`${trace}.json`, FIXTURES), 'utf8')) as {
    steps: { p: TypedObject }[]
  }
  const found = steps[step]?.p.fr
  return found === undefined ? [] : elements(found)
}

export const isMmoRoom = (row: Typed): boolean => elements(row).length === MMO_ROW

export const isGameRoom = (row: Typed): boolean => elements(row)[IS_GAME]?.v === true
