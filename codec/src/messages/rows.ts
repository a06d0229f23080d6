import type { SFSType } from '../sfs-type.ts'
import type { SFSValue } from '../sfs-values.ts'
import * as Code from '../type-codes.ts'
import { byteUpTo, listOf, nullable, row, shapes, type Vec3 } from './shape.ts'

/** Type id of a variable: 0 NULL (remove), 1 BOOL, 2 INT, 3 DOUBLE, 4 STRING, 5 OBJECT, 6 ARRAY. */
export const VariableType = { NULL: 0, BOOL: 1, INT: 2, DOUBLE: 3, STRING: 4, OBJECT: 5, ARRAY: 6 } as const

/** Types on the wire, by the type id of the variables that have them. */
const VARIABLE_TYPES: readonly SFSType[] = [
  Code.NULL,
  Code.BOOL,
  Code.INT,
  Code.DOUBLE,
  Code.UTF_STRING,
  Code.SFS_OBJECT,
  Code.SFS_ARRAY,
]

/** The type id of a variable with this value [P-6.1.4]; undefined where no variable can hold it. */
export function variableTypeOf({ type }: SFSValue): number | undefined {
  const id = VARIABLE_TYPES.indexOf(type)
  return id < 0 ? undefined : id
}

/** A room variable; `isPrivate` means that only its creator may change it. The value keeps its own type. */
export interface RoomVariableRow {
  readonly name: string
  readonly type: number
  readonly value: SFSValue
  readonly isPrivate: boolean
  readonly isPersistent: boolean
}

/** A user variable; `isPrivate` means that only its owner sees it. */
export interface UserVariableRow {
  readonly name: string
  readonly type: number
  readonly value: SFSValue
  readonly isPrivate: boolean
}

/** A room. Games have spectator counts; an MMO room has `mmo` (and NULL spectator counts). */
export interface RoomRow {
  readonly id: number
  readonly name: string
  readonly groupId: string
  readonly isGame: boolean
  readonly isHidden: boolean
  readonly isPasswordProtected: boolean
  readonly userCount: number
  readonly maxUsers: number
  readonly variables: readonly RoomVariableRow[]
  readonly spectatorCount?: number | null
  readonly maxSpectators?: number | null
  readonly mmo?: {
    readonly aoi: Vec3
    readonly lowerLimit: Vec3 | null
    readonly higherLimit: Vec3 | null
  }
}

/** A user as seen in one room; `entryPoint` only in proximity updates. */
export interface UserRow {
  readonly id: number
  readonly name: string
  readonly privilegeId: number
  readonly playerId: number
  readonly variables: readonly UserVariableRow[]
  readonly entryPoint?: Vec3
}

/** The cells that every variable begins with. */
export const variable = {
  name: shapes.utfString,
  type: byteUpTo(6),
  value: shapes.any,
}
/** The flag of variables that are not for everybody, or not everybody's to change. */
export const isPrivate = shapes.bool

export const roomVariableRow = row<RoomVariableRow>('room variable', {
  ...variable,
  isPrivate,
  isPersistent: shapes.bool,
})

export const userVariableRow = row<UserVariableRow>('user variable', variable, {
  cells: { isPrivate },
  fallback: { isPrivate: false },
})

export const roomRow = row<RoomRow>(
  'room',
  {
    id: shapes.int,
    name: shapes.utfString,
    groupId: shapes.utfString,
    isGame: shapes.bool,
    isHidden: shapes.bool,
    isPasswordProtected: shapes.bool,
    userCount: shapes.short,
    maxUsers: shapes.short,
    variables: listOf(roomVariableRow),
  },
  {
    cells: {
      spectatorCount: nullable(shapes.short),
      maxSpectators: nullable(shapes.short),
    },
  },
  {
    group: 'mmo',
    cells: {
      aoi: shapes.vector,
      lowerLimit: nullable(shapes.vector),
      higherLimit: nullable(shapes.vector),
    },
  },
)

/** Where somebody or something came into view, at the end of a row. */
export const entryPoint = { cells: { entryPoint: shapes.vector } }

export const userRow = row<UserRow>(
  'user',
  {
    id: shapes.int,
    name: shapes.utfString,
    privilegeId: shapes.short,
    playerId: shapes.short,
    variables: listOf(userVariableRow),
  },
  entryPoint,
)
