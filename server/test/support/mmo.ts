import { type MmoInput, mmoSettingsOf } from '../../src/domain/mmo/mmo-settings.ts'
import type { RoomSettings } from '../../src/domain/settings.ts'
import { roomSettings } from './settings.ts'

/** An MMO room in which users see each other who are less than 100 apart; say only what a test is about. */
export function mmoRoom(mmo: Partial<MmoInput> = {}, overrides: Partial<RoomSettings> = {}): RoomSettings {
  return roomSettings({ name: 'Map', mmo: mmoSettingsOf({ aoi: { x: 100, y: 100 }, ...mmo }), ...overrides })
}

/** A place in a room of whole numbers. */
export const at = (x: number, y = 0, z = 0) => ({ kind: 'int', x, y, z }) as const
