import type { RoomSettings } from '../../domain/settings.ts'
import type { RoomSelection, RoomStore } from '../../domain/stored-rooms.ts'
import { roomOf, storedRoom } from '../room-record.ts'
import type { SqlAccess } from '../sql-access.ts'
import { sqlText } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

/** A column of the table and what it must be. */
type Condition = readonly [column: keyof Pick<Tables['rooms'], 'zone' | 'name' | 'room_group'>, value: string]

/** Rooms in a table. */
export class SqlRooms implements RoomStore {
  readonly #sql: SqlAccess

  constructor(sql: SqlAccess) {
    this.#sql = sql
  }

  async save(zone: string, rooms: readonly RoomSettings[]): Promise<void> {
    const queries = rooms.map(room =>
      this.#sql.build
        .insertInto('rooms')
        .values({
          zone: sqlText(zone),
          name: sqlText(room.name),
          room_group: sqlText(room.group),
          ...storedRoom(room),
        })
        .onConflict(conflict =>
          conflict.columns(['zone', 'name']).doUpdateSet(given => ({
            room_group: given.ref('excluded.room_group'),
            settings: given.ref('excluded.settings'),
            variables: given.ref('excluded.variables'),
          })),
        )
        .compile(),
    )
    if (queries.length > 0) await this.#sql.change(`rooms ${zone}`, ...queries)
  }

  async load(zone: string, which: RoomSelection): Promise<RoomSettings[]> {
    let query = this.#sql.build.selectFrom('rooms').select(['settings', 'variables']).orderBy('name')
    for (const [column, value] of conditions(zone, which)) query = query.where(column, '=', value)
    return (await this.#sql.rows(`rooms ${zone}`, query.compile())).map(roomOf)
  }

  async remove(zone: string, which: RoomSelection): Promise<number> {
    let query = this.#sql.build.deleteFrom('rooms')
    for (const [column, value] of conditions(zone, which)) query = query.where(column, '=', value)
    return this.#sql.change(`rooms ${zone}`, query.compile())
  }
}

function conditions(zone: string, which: RoomSelection): Condition[] {
  const inZone: Condition = ['zone', sqlText(zone)]
  if (which === 'all') return [inZone]
  if ('name' in which) return [inZone, ['name', sqlText(which.name)]]
  return [inZone, ['room_group', sqlText(which.group)]]
}
