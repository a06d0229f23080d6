import type { PresenceRow } from './rows/presence-rows.ts'
import { fixed, percent, type Table, whole } from './table.ts'

/** What it costs to tell of those who come, and how that grows. */
export function presenceTable(rows: readonly PresenceRow[]): Table {
  const [least] = rows
  return {
    title: 'Buddies: 1,000 users a second log in and load a list of 50 from SQLite; who has them hears of it',
    columns: [
      'users',
      'told',
      'p50 ms',
      'p99 ms',
      'server CPU',
      'CPU s',
      'us a login',
      'x the least',
      'longest turn ms',
      'others',
      'fault',
    ],
    left: 1,
    rows: rows.map(row => [
      whole(row.users),
      whole(row.told),
      fixed(row.p50, 1),
      fixed(row.p99, 1),
      percent(row.cpu / row.seconds),
      fixed(row.cpu, 2),
      fixed(perLogin(row), 0),
      least === undefined || least === row ? '' : fixed(perLogin(row) / perLogin(least), 2),
      fixed(row.longestTurn, 0),
      percent(row.otherCpu),
      faultOf(row),
    ]),
  }
}

const perLogin = ({ cpu, users }: PresenceRow) => (cpu / users) * 1e6

function faultOf({ told, expected, missingLists }: PresenceRow): string {
  if (missingLists !== 0) return `${whole(missingLists)} lists missing`
  return told === expected ? '' : `told ${whole(told)} instead of ${whole(expected)}`
}
