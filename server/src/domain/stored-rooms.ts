import type { RoomSettings } from './settings.ts'

/** Which of the kept rooms of a zone are meant: one by its name, those of a group, or all. */
export type RoomSelection = { readonly name: string } | { readonly group: string } | 'all'

/** Where rooms outlive the server, with their variables. Rooms are kept by zone and name. */
export interface RoomStore {
  /**
   * Keeps rooms in place of those of the same names: all of them, or none if that fails.
   * @returns fulfilled once they are durable
   * @throws StoreUnavailable when they could not be kept
   */
  save(zone: string, rooms: readonly RoomSettings[]): Promise<void>

  /** Kept rooms, sorted by name. @throws StoreUnavailable */
  load(zone: string, which: RoomSelection): Promise<RoomSettings[]>

  /** Forgets kept rooms. @returns how many there were @throws StoreUnavailable */
  remove(zone: string, which: RoomSelection): Promise<number>
}
