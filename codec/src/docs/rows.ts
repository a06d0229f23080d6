import { buddyRow, buddyVariableRow } from '../messages/buddy-rows.ts'
import { itemRow, itemVariableRow } from '../messages/item-rows.ts'
import { matchRow } from '../messages/match-rows.ts'
import { roomRow, roomVariableRow, userRow, userVariableRow } from '../messages/rows.ts'
import type { ShapeData } from '../messages/shape.ts'
import type { RowTexts } from './texts.ts'

/** All kinds of rows. */
export const rowShapes: readonly ShapeData[] = [
  roomRow,
  userRow,
  roomVariableRow,
  userVariableRow,
  buddyVariableRow,
  itemVariableRow,
  buddyRow,
  itemRow,
  matchRow,
]

/** What stands in each place of a row, by the name of the row. */
export const rowTexts: RowTexts = {
  buddy: {
    id: 'user id, -1 offline',
    name: 'name',
    isBlocked: 'is blocked',
    variables: 'buddy variables',
    isTemporary: 'is temporary',
  },
  'buddy variable': { name: 'name', type: 'variable type id', value: 'value; NULL removes the variable' },
  item: { id: 'item id', variables: 'item variables', entryPoint: 'where it entered the area of interest' },
  'item variable': {
    name: 'name',
    type: 'variable type id',
    value: 'value; NULL removes the variable',
    isPrivate: 'private',
  },
  'match condition': {
    logic: 'AND or OR; NULL in the first row',
    name: 'variable or property',
    type: '0 boolean, 1 number, 2 string',
    symbol: 'condition symbol',
    value: 'value; numbers are DOUBLE',
  },
  room: {
    id: 'room id',
    name: 'name',
    groupId: 'group',
    isGame: 'is a game',
    isHidden: 'is hidden',
    isPasswordProtected: 'has a password',
    userCount: 'users; players in a game',
    maxUsers: 'most users',
    variables: 'room variables',
    spectatorCount: 'spectators; NULL in MMO rooms',
    maxSpectators: 'most spectators; NULL in MMO rooms',
    aoi: 'default area of interest',
    lowerLimit: 'lower map limit',
    higherLimit: 'higher map limit',
  },
  'room variable': {
    name: 'name',
    type: 'variable type id',
    value: 'value; NULL removes the variable',
    isPrivate: 'private',
    isPersistent: 'outlives its creator leaving the room',
  },
  user: {
    id: 'user id',
    name: 'name',
    privilegeId: '0 guest, 1 standard, 2 moderator, 3 administrator',
    playerId: 'above 0 player, -1 spectator, 0 not in a game',
    variables: 'user variables',
    entryPoint: 'where it entered the area of interest',
  },
  'user variable': {
    name: 'name',
    type: 'variable type id',
    value: 'value; NULL removes the variable',
    isPrivate: 'private',
  },
}
