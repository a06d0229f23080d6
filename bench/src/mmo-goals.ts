import { atLeast, atMost, type Goal } from './goal.ts'
import type { WalkWay } from './mmo/protocol.ts'
import { UPDATE_MILLIS } from './mmo/world.ts'
import type { MmoRow } from './rows/mmo-rows.ts'

/** Milliseconds of CPU for each user and second of a stock server 2.17 with 95 users, measured on such a machine. */
const STOCK: Readonly<Partial<Record<WalkWay, number>>> = { positions: 0.66, variables: 2.1 }
const STOCK_SHARE = 1 / 5
const LARGE = 5000
const LARGEST = 10_000

/** The goals for which there are rows that count. */
export function mmoGoals(all: readonly MmoRow[]): Goal[] {
  const rows = all.filter(({ isValid }) => isValid)
  const maps = rows.filter(({ maxVisible }) => maxVisible === 0)
  const warren = maps.filter(({ server }) => server === 'warren')
  return [
    ...warren.filter(({ webSocket }) => !webSocket).flatMap(stockGoals),
    ...warren.filter(({ way, users }) => way === 'positions' && users === LARGE).flatMap(largeGoals),
    ...warren.filter(({ way, users }) => way === 'positions' && users === LARGEST).flatMap(largestGoals),
    ...warren.filter(({ way }) => way === 'variables').flatMap(row => byteGoals(row, warren)),
    ...maps.filter(({ server }) => server === 'colyseus').flatMap(row => peerGoals(row, warren)),
    ...rows.filter(({ maxVisible }) => maxVisible > 0).flatMap(crowdGoals),
  ]
}

function stockGoals({ way, users, perUser }: MmoRow): Goal[] {
  const stock = STOCK[way]
  if (stock === undefined) return []
  const text = `MMO, ${way}, ${users.toLocaleString('en')} users: at most a fifth of the ${stock} ms of a stock server`
  return atMost(text, perUser, stock * STOCK_SHARE, ' ms')
}

function largeGoals(row: MmoRow): Goal[] {
  return [
    ...atMost('MMO, 5,000 users: at most 60 % of a core', row.share * 100, 60, ' %'),
    ...atMost('MMO, 5,000 users: p99 within two intervals', delayOf(row), 2 * UPDATE_MILLIS, ' ms'),
    complete('MMO, 5,000 users: nothing lost', row),
  ]
}

function largestGoals(row: MmoRow): Goal[] {
  return [
    complete('MMO, 10,000 users: nothing lost', row),
    ...atMost('MMO, 10,000 users: delays do not grow', row.drift / 1000, UPDATE_MILLIS / 5, ' ms'),
  ]
}

function crowdGoals(row: MmoRow): Goal[] {
  const text = `MMO, ${row.users.toLocaleString('en')} users on one spot: p99 of a round within an interval`
  return [
    ...atMost(text, row.round, UPDATE_MILLIS, ' ms'),
    complete(`${row.users.toLocaleString('en')} users on one spot see the nearest`, row),
  ]
}

function byteGoals(row: MmoRow, warren: readonly MmoRow[]): Goal[] {
  const streamed = warren.find(other => other.way === 'streaming' && isBeside(other, row))
  if (streamed === undefined) return []
  const text = `MMO, ${row.users.toLocaleString('en')} users: streaming takes at most a third of the bytes of variables`
  return atMost(text, bytesOf(streamed) / bytesOf(row), 1 / 3, ' x')
}

function peerGoals(row: MmoRow, warren: readonly MmoRow[]): Goal[] {
  const own = warren.find(other => other.way === 'streaming' && isBeside(other, row))
  if (own === undefined) return []
  const text = `MMO, ${row.users.toLocaleString('en')} users: Colyseus needs at least 5 x the CPU`
  return atLeast(text, row.perUser / own.perUser, 5, ' x')
}

function isBeside(a: MmoRow, b: MmoRow): boolean {
  return a.users === b.users && a.webSocket === b.webSocket
}

function complete(text: string, { fault }: MmoRow): Goal {
  return { text, measured: fault === '' ? 'all told once' : fault, isReached: fault === '' }
}

/** Milliseconds. */
function delayOf({ delay }: MmoRow): number {
  return (delay?.p99 ?? Number.NaN) / 1000
}

function bytesOf({ bytesReceived, seconds }: MmoRow): number {
  return bytesReceived / seconds
}
