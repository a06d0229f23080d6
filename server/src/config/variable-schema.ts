import { SFSArray, SFSObject, SFSType, type SFSValue } from '@warren/codec'
import { z } from 'zod'
import type { RoomVariableSettings } from '../domain/settings.ts'
import { described, flag, text } from './fields.ts'

const TYPES = ['bool', 'int', 'double', 'string', 'object', 'array'] as const
type VariableType = (typeof TYPES)[number]

const MAX_INT = 2_147_483_647

/** A room variable as written; its value is checked by its type. */
const written = z
  .strictObject({
    name: text('The name, unique in the room.'),
    type: described(z.enum(TYPES), 'What the value is.'),
    value: described(
      z.unknown(),
      'The value. In objects and arrays, whole numbers of 32 bits become ints, other numbers doubles.',
    ),
    isPrivate: flag(
      'Whether only its owner, the server, may change it. Everybody sees it all the same.',
      false,
    ),
    isPersistent: flag('Whether it outlives its owner leaving the room; the server never leaves.', false),
    isGlobal: flag('Whether it is also told to those who are subscribed to the group of the room.', false),
    isHidden: flag('Whether no client sees it.', false),
  })
  .describe('A room variable that is there from the start. It belongs to the server.')

/** A room variable that is there from the start. */
export const roomVariableSchema = written.transform(
  ({ type, value, ...rest }, context): RoomVariableSettings => {
    const typed = typedValue(type, value)
    if (typed !== undefined) return { ...rest, value: typed }
    context.issues.push({
      code: 'custom',
      path: ['value'],
      input: value,
      message: `does not fit the type "${type}"`,
    })
    return z.NEVER
  },
)

/** A plain JSON value as a value of a type; undefined when it is none. */
function typedValue(type: VariableType, value: unknown): SFSValue | undefined {
  switch (type) {
    case 'bool':
      return typeof value === 'boolean' ? { type: SFSType.BOOL, value } : undefined
    case 'int':
      return isInt(value) ? { type: SFSType.INT, value } : undefined
    case 'double':
      return typeof value === 'number' ? { type: SFSType.DOUBLE, value } : undefined
    case 'string':
      return typeof value === 'string' ? { type: SFSType.UTF_STRING, value } : undefined
    case 'object':
      return isRecord(value) ? { type: SFSType.SFS_OBJECT, value: objectOf(value) } : undefined
    case 'array':
      return Array.isArray(value) ? { type: SFSType.SFS_ARRAY, value: arrayOf(value) } : undefined
  }
}

function objectOf(json: Readonly<Record<string, unknown>>): SFSObject {
  const object = new SFSObject()
  for (const [key, value] of Object.entries(json)) object.put(key, inferred(value))
  return object
}

function arrayOf(json: readonly unknown[]): SFSArray {
  const array = new SFSArray()
  for (const value of json) array.add(inferred(value))
  return array
}

function inferred(json: unknown): SFSValue {
  if (typeof json === 'boolean') return { type: SFSType.BOOL, value: json }
  if (isInt(json)) return { type: SFSType.INT, value: json }
  if (typeof json === 'number') return { type: SFSType.DOUBLE, value: json }
  if (typeof json === 'string') return { type: SFSType.UTF_STRING, value: json }
  if (Array.isArray(json)) return { type: SFSType.SFS_ARRAY, value: arrayOf(json) }
  if (isRecord(json)) return { type: SFSType.SFS_OBJECT, value: objectOf(json) }
  return { type: SFSType.NULL, value: null }
}

function isInt(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= -MAX_INT - 1 && value <= MAX_INT
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
