import type { SFSValue } from '../sfs-values.ts'
import { byteUpTo, cell, listOf, nullable, oneOf, row, shapes, type Vec3 } from './shape.ts'

/** Type id of a variable: 0 NULL (remove), 1 BOOL, 2 INT, 3 DOUBLE, 4 STRING, 5 OBJECT, 6 ARRAY. */
export const VariableType = { NULL: 0, BOOL: 1, INT: 2, DOUBLE: 3, STRING: 4, OBJECT: 5, ARRAY: 6 } as const

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
  name: cell(shapes.utfString, 'name'),
  type: cell(byteUpTo(6), 'variable type id'),
  value: cell(shapes.any, 'value; NULL removes the variable'),
}
const isPrivate = cell(shapes.bool, 'private')

export const roomVariableRow = row<RoomVariableRow>('room variable', {
  ...variable,
  isPrivate,
  isPersistent: cell(shapes.bool, 'outlives its creator leaving the room'),
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
    id: cell(shapes.int, 'room id'),
    name: cell(shapes.utfString, 'name'),
    groupId: cell(shapes.utfString, 'group'),
    isGame: cell(shapes.bool, 'is a game'),
    isHidden: cell(shapes.bool, 'is hidden'),
    isPasswordProtected: cell(shapes.bool, 'has a password'),
    userCount: cell(shapes.short, 'users; players in a game'),
    maxUsers: cell(shapes.short, 'most users'),
    variables: cell(listOf(roomVariableRow), 'room variables'),
  },
  {
    cells: {
      spectatorCount: cell(nullable(shapes.short), 'spectators; NULL in MMO rooms'),
      maxSpectators: cell(nullable(shapes.short), 'most spectators; NULL in MMO rooms'),
    },
  },
  {
    group: 'mmo',
    cells: {
      aoi: cell(shapes.vector, 'default area of interest'),
      lowerLimit: cell(nullable(shapes.vector), 'lower map limit'),
      higherLimit: cell(nullable(shapes.vector), 'higher map limit'),
    },
  },
)

const entryPoint = { cells: { entryPoint: cell(shapes.vector, 'where it entered the area of interest') } }

export const userRow = row<UserRow>(
  'user',
  {
    id: cell(shapes.int, 'user id'),
    name: cell(shapes.utfString, 'name'),
    privilegeId: cell(shapes.short, '0 guest, 1 standard, 2 moderator, 3 administrator'),
    playerId: cell(shapes.short, 'above 0 player, -1 spectator, 0 not in a game'),
    variables: cell(listOf(userVariableRow), 'user variables'),
  },
  entryPoint,
)

export const buddyRow = row<BuddyRow>(
  'buddy',
  {
    id: cell(shapes.int, 'user id, -1 offline'),
    name: cell(shapes.utfString, 'name'),
    isBlocked: cell(shapes.bool, 'is blocked'),
    variables: cell(listOf(buddyVariableRow), 'buddy variables'),
  },
  { cells: { isTemporary: cell(shapes.bool, 'is temporary') } },
)

export const itemRow = row<ItemRow>(
  'item',
  { id: cell(shapes.int, 'item id'), variables: cell(listOf(itemVariableRow), 'item variables') },
  entryPoint,
)

export const matchRow = row<MatchRow>('match condition', {
  logic: cell(nullable(shapes.utfString), 'AND or OR; NULL in the first row'),
  name: cell(shapes.utfString, 'variable or property'),
  type: cell(byteUpTo(2), '0 boolean, 1 number, 2 string'),
  symbol: cell(shapes.utfString, 'condition symbol'),
  value: cell(
    oneOf<boolean | number | string>({
      boolean: shapes.bool,
      number: shapes.double,
      string: shapes.utfString,
    }),
    'value; numbers are DOUBLE',
  ),
})
