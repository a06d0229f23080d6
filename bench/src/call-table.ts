import type { CallName } from './generator/call.ts'
import type { CallRow } from './rows/call-rows.ts'
import { fixed, type Table, whole } from './table.ts'

const NAMES: Readonly<Record<CallName, string>> = {
  message: 'public message, one in the room',
  typed: 'extension, with a schema',
  raw: 'extension, any object',
  floor: 'floor (bare net or ws)',
}

/** What calls cost. */
export function callTable(rows: readonly CallRow[]): Table {
  return {
    title: 'Calls answered to their caller: server CPU of a round trip (medians of interleaved rounds)',
    columns: [
      'call',
      'transport',
      'clients',
      'under way',
      'bytes',
      'round trips/s',
      'CPU us',
      'x message',
      'x floor',
      'p50 ms',
      'p99 ms',
      'fault',
    ],
    left: 2,
    rows: rows.map(row => {
      const floor = rows.find(
        other => other.call === 'floor' && other.transport === row.transport && other.depth === row.depth,
      )
      return [
        NAMES[row.call],
        row.transport,
        whole(row.clients),
        whole(row.depth),
        whole(row.bytes),
        whole(row.rate),
        fixed(row.microseconds, 2),
        fixed(row.ratio, 2),
        fixed(row.microseconds / (floor?.microseconds ?? Number.NaN), 2),
        fixed(row.p50, 2),
        fixed(row.p99, 2),
        row.fault,
      ]
    }),
  }
}
