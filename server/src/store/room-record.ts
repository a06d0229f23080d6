import type { RoomSettings, RoomVariableSettings } from '../domain/settings.ts'
import { bytesOf, valuesOf } from './stored-values.ts'
import type { Tables } from './tables.ts'

/** The columns that hold what a room is. */
type RoomColumns = Pick<Tables['rooms'], 'settings' | 'variables'>

/** A room as JSON: values of variables have types that JSON does not know, and lie beside it. */
type RoomRecord = Omit<RoomSettings, 'variables'> & {
  readonly variables: readonly Omit<RoomVariableSettings, 'value'>[]
}

/** Columns for a room. @throws CodecError when a variable cannot be encoded */
export function storedRoom(room: RoomSettings): RoomColumns {
  const variables = room.variables.map(({ value: _, ...variable }) => variable)
  const record: RoomRecord = { ...room, variables }
  return { settings: JSON.stringify(record), variables: bytesOf(room.variables.map(({ value }) => value)) }
}

/** The room of these columns. */
export function roomOf({ settings, variables }: RoomColumns): RoomSettings {
  const record = JSON.parse(settings) as RoomRecord
  const values = valuesOf(variables)
  return {
    ...record,
    variables: record.variables.flatMap((variable, index) => {
      const value = values[index]
      return value === undefined ? [] : [{ ...variable, value }]
    }),
  }
}
