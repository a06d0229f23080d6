import { SFSType } from '../sfs-type.ts'
import type { SFSValue } from '../sfs-values.ts'
import { byteUpTo, listOf, nullable, oneOf, row, shapes, type Vec3 } from './shape.ts'

/** Type id of a variable: 0 NULL (remove), 1 BOOL, 2 INT, 3 DOUBLE, 4 STRING, 5 OBJECT, 6 ARRAY. */
export const VariableType = { NULL: 0, BOOL: 1, INT: 2, DOUBLE: 3, STRING: 4, OBJECT: 5, ARRAY: 6 } as const

const VARIABLE_TYPES = new Map<SFSType, number>([
  [SFSType.NULL, VariableType.NULL],
  [SFSType.BOOL, VariableType.BOOL],
  [SFSType.INT, VariableType.INT],
  [SFSType.DOUBLE, VariableType.DOUBLE],
  [SFSType.UTF_STRING, VariableType.STRING],
  [SFSType.SFS_OBJECT, VariableType.OBJECT],
  [SFSType.SFS_ARRAY, VariableType.ARRAY],
])

/** The type id of a variable with this value [P-6.1.4]; undefined where no variable can hold it. */
export function variableTypeOf(value: SFSValue): number | undefined {
  return VARIABLE_TYPES.get(value.type)
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

/** A buddy variable; names that start with `$` outlive the owner's session. */
export interface BuddyVariableRow {
  readonly name: string
  readonly type: number
  readonly value: SFSValue
}

/** A variable of an MMO item. The last position is always false on the wire. */
export interface ItemVariableRow {
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

/** An entry of a buddy list; the id is -1 while the buddy is offline. */
export interface BuddyRow {
  readonly id: number
  readonly name: string
  readonly isBlocked: boolean
  readonly variables: readonly BuddyVariableRow[]
  readonly isTemporary?: boolean
}

/** An item of an MMO room. */
export interface ItemRow {
  readonly id: number
  readonly variables: readonly ItemVariableRow[]
  readonly entryPoint?: Vec3
}

/** One condition of a match expression; rows are evaluated left to right without precedence. */
export interface MatchRow {
  /** How the row joins the one before; null in the first. */
  readonly logic: string | null
  /** Variable name or property such as `${N}`. */
  readonly name: string
  /** 0 boolean, 1 number, 2 string. */
  readonly type: number
  readonly symbol: string
  readonly value: boolean | number | string
}

const variable = {
  name: shapes.utfString,
  type: byteUpTo(6),
  value: shapes.any,
}
const isPrivate = shapes.bool

export const roomVariableRow = row<RoomVariableRow>('room variable', {
  ...variable,
  isPrivate,
  isPersistent: shapes.bool,
})

export const userVariableRow = row<UserVariableRow>('user variable', variable, {
  cells: { isPrivate },
  fallback: { isPrivate: false },
})

export const buddyVariableRow = row<BuddyVariableRow>('buddy variable', variable)

export const itemVariableRow = row<ItemVariableRow>('item variable', variable, {
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

const entryPoint = { cells: { entryPoint: shapes.vector } }

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

export const buddyRow = row<BuddyRow>(
  'buddy',
  {
    id: shapes.int,
    name: shapes.utfString,
    isBlocked: shapes.bool,
    variables: listOf(buddyVariableRow),
  },
  { cells: { isTemporary: shapes.bool } },
)

export const itemRow = row<ItemRow>(
  'item',
  { id: shapes.int, variables: listOf(itemVariableRow) },
  entryPoint,
)

export const matchRow = row<MatchRow>('match condition', {
  logic: nullable(shapes.utfString),
  name: shapes.utfString,
  type: byteUpTo(2),
  symbol: shapes.utfString,
  value: oneOf<boolean | number | string>({
    boolean: shapes.bool,
    number: shapes.double,
    string: shapes.utfString,
  }),
})
