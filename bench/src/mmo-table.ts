import { type MmoRow, SERVERS, WAYS } from './rows/mmo-rows.ts'
import { fixed, percent, type Table, whole } from './table.ts'

/** What walking users cost. */
export function mmoTable(rows: readonly MmoRow[]): Table {
  return {
    title:
      'One MMO room, everybody walks, four moves a second: server CPU, and from a move to who hears of it',
    columns: [
      'server',
      'others hear of',
      'line',
      'users',
      'in view',
      'server CPU',
      'ms a user and s',
      'p50 ms',
      'p99 ms',
      'drift ms',
      'told/s',
      'bytes/s to a user',
      'p99 round ms',
      'generator CPU',
      'fault',
    ],
    left: 3,
    rows: rows.map(row => [
      SERVERS[row.server],
      WAYS[row.server][row.way],
      row.webSocket ? 'WebSocket' : 'TCP',
      whole(row.users),
      row.count === undefined ? '–' : fixed(row.inView, 1),
      percent(row.share),
      fixed(row.perUser, 3),
      fixed((row.delay?.p50 ?? Number.NaN) / 1000, 0),
      fixed((row.delay?.p99 ?? Number.NaN) / 1000, 0),
      row.delay === undefined ? '–' : fixed(row.drift / 1000, 0),
      row.count === undefined ? '–' : whole(row.told / row.seconds),
      whole(row.bytesReceived / row.seconds / row.users),
      row.round > 0 ? fixed(row.round, 0) : '–',
      percent(row.generatorCpu / row.seconds),
      row.fault,
    ]),
  }
}
