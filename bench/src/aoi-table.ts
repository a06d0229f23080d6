import type { AoiRow } from './rows/aoi-rows.ts'
import { fixed, type Table, whole } from './table.ts'

/** What a tick costs by size of the room, with its growth. */
export function aoiTable(rows: readonly AoiRow[]): Table {
  const middle = rows.find(({ key }) => key === 'middle')
  return {
    title: 'Area of interest: one room, all move each tick unless said otherwise, every change told',
    columns: ['room', 'in view', 'changes a tick', 'median ms', 'p95 ms', 'us a user', '10,000 users are'],
    left: 1,
    rows: rows.map(row => [
      row.name,
      fixed(row.inView, 1),
      whole(row.changes),
      fixed(row.median, 2),
      fixed(row.p95, 2),
      fixed((row.median * 1000) / row.users, 2),
      middle && middle !== row ? `${fixed(row.median / middle.median, 2)} x faster` : '',
    ]),
  }
}
