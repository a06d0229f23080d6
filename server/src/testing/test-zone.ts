import { type ConfigProblem, problemLine } from '../config/problem.ts'
import { checkZone } from '../config/zone-files.ts'
import type { ZoneInput } from '../config/zone-schema.ts'
import type { ZoneSettings } from '../domain/settings.ts'

/** Settings of a zone as in its file, all of which may be left out. */
export type TestZoneInput = Partial<Omit<ZoneInput, 'rooms' | 'extensions'>>
/** A room of a test: its name, or its settings as in a zone file. */
export type TestRoomInput = string | NonNullable<ZoneInput['rooms']>[number]

/** What runs where. */
export interface Runs {
  readonly zone: readonly string[]
  /** In each room that names no extension of its own. */
  readonly rooms: readonly string[]
}

/**
 * The settings of a zone, checked as those of a zone file.
 * @throws Error that names each problem
 */
export function zoneOf(input: TestZoneInput, rooms: readonly TestRoomInput[], runs: Runs): ZoneSettings {
  const problems: ConfigProblem[] = []
  const value = {
    name: 'Test',
    ...input,
    extensions: runs.zone,
    rooms: rooms.map(room => ({
      extensions: runs.rooms,
      ...(typeof room === 'string' ? { name: room } : room),
    })),
  }
  const zone = checkZone(value, 'zone', problems)
  if (zone !== undefined) return zone
  throw new Error(problems.map(problemLine).join('\n'))
}
