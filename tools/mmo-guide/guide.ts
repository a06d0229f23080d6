import { fileURLToPath } from 'node:url'
import { type Measured, type Way, walk, whole } from './walk.ts'

/** The guide that the tables stand in. */
export const GUIDE = fileURLToPath(new URL('../../docs/guide/mmo.md', import.meta.url))

/** What is compared, by what the guide calls it. */
export const WAYS = {
  'views only: nobody tells of steps': {},
  'two variables, `positionX` and `positionY`': {
    variables: (x, y) => [whole('positionX', x), whole('positionY', y)],
  },
  'two variables, `x` and `y`': { variables: (x, y) => [whole('x', x), whole('y', y)] },
  'one variable `p`, both in one number': { variables: (x, y) => [whole('p', x * 65_536 + y)] },
  'streamed positions': { streams: true, room: { streamPositions: true } },
  'streamed positions, to a step of 4 units': {
    streams: true,
    room: { streamPositions: true, positionStep: 4 },
  },
} as const satisfies Record<string, Way>

/** The same two ways in rooms that differ in one setting. */
const ROOMS: Readonly<Record<string, NonNullable<Way['room']>>> = {
  'as above': {},
  '`proximityMillis: 100`': { proximityMillis: 100 },
  '`proximityMillis: 500`': { proximityMillis: 500 },
  '`proximityMillis: 1000`': { proximityMillis: 1000 },
  '`sendEntryPoint: false`': { sendEntryPoint: false },
  '`leaveFactor: 1.2`': { leaveFactor: 1.2 },
  '`maxVisibleUsers: 8`': { maxVisibleUsers: 8 },
  '`aoi: { x: 120, y: 90 }`': { aoi: { x: 120, y: 90 } },
}

type WayName = keyof typeof WAYS
const CLASSIC: WayName = 'two variables, `x` and `y`'
const STREAMED: WayName = 'streamed positions'
/** What streaming may take of what variables take, at most. */
export const MOST_SHARE = 1 / 3

/** What all ways cost. */
export async function measureWays(): Promise<Map<WayName, Measured>> {
  const measured = new Map<WayName, Measured>()
  for (const name of Object.keys(WAYS) as WayName[]) measured.set(name, await walk(WAYS[name]))
  return measured
}

/** What streaming takes of what variables take. */
export function shareOf(ways: ReadonlyMap<WayName, Measured>): number {
  return (
    (ways.get(STREAMED)?.bytesPerSecond ?? Number.NaN) / (ways.get(CLASSIC)?.bytesPerSecond ?? Number.NaN)
  )
}

/** A guide with the tables of now in place of those that stood there. */
export function withTables(guide: string, tables: Readonly<Record<string, string>>): string {
  return guide.replace(/<!-- ([\w-]+):start -->\n[\s\S]*?<!-- \1:end -->/g, (was, name: string) => {
    const table = tables[name]
    return table === undefined ? was : `<!-- ${name}:start -->\n${table}\n<!-- ${name}:end -->`
  })
}

/** The tables of the guide by their names there. */
export async function tables(ways: ReadonlyMap<WayName, Measured>): Promise<Record<string, string>> {
  const classic = ways.get(CLASSIC)?.bytesPerSecond ?? Number.NaN
  return {
    ways: table(
      ['What is done at each step', 'bytes', 'packets', 'share'],
      [...ways].map(([name, { bytesPerSecond, packetsPerSecond }]) => [
        name,
        count(bytesPerSecond),
        packetsPerSecond.toFixed(1),
        `${((100 * bytesPerSecond) / classic).toFixed(1)} %`,
      ]),
    ),
    rooms: table(['Room', 'in view', 'variables', 'streamed'], await roomRows()),
  }
}

async function roomRows(): Promise<string[][]> {
  const rows: string[][] = []
  for (const [name, room] of Object.entries(ROOMS)) {
    const classic = await walk({ ...WAYS[CLASSIC], room })
    const streamed = await walk({ streams: true, room: { streamPositions: true, ...room } })
    rows.push([
      name,
      classic.inView.toFixed(1),
      count(classic.bytesPerSecond),
      count(streamed.bytesPerSecond),
    ])
  }
  return rows
}

function table([first = '', ...others]: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map(row => `| ${row.join(' | ')} |`)
  return [
    `| ${[first, ...others].join(' | ')} |`,
    `|---|${others.map(() => '---:|').join('')}`,
    ...lines,
  ].join('\n')
}

const count = (bytes: number): string => Math.round(bytes).toLocaleString('en')
