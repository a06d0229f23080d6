import { parseArgs } from 'node:util'
import type { BenchCommand, LoadOptions } from './load-options.ts'
import { SCENARIO_NAMES, SCENARIOS, type Scenario, type ScenarioName } from './scenarios.ts'
import { WAY_NAMES, WAYS, type Way } from './ways.ts'

const DEFAULTS = { room: 'Bench', seconds: 10, warmUp: 2, visible: 100 } as const
const MOST_CLIENTS = 1_000_000
const MOST_RATE = 100_000_000

/** Everything that may stand behind `warren bench`, in the order of the help. */
export const LOAD_FLAGS = [
  { flag: 'target', placeholder: 'HOST:PORT', help: 'a server that runs; else one is started for the run' },
  { flag: 'over', placeholder: 'WAY', help: `${WAY_NAMES.join(', ')} (tcp)` },
  { flag: 'zone', placeholder: 'NAME', help: 'zone to log in to (BasicExamples)' },
  { flag: 'room', placeholder: 'NAME', help: 'room to talk in, made if it is missing (Bench)' },
  { flag: 'clients', placeholder: 'N', help: 'bots, all together' },
  { flag: 'room-size', placeholder: 'N', help: 'bots in a room (all of them)' },
  { flag: 'rate', placeholder: 'N', help: 'what all clients together are to receive in a second' },
  { flag: 'sweep', placeholder: '', help: 'look for the highest rate that is sustained' },
  { flag: 'limit', placeholder: 'MS', help: '99th percentile within which a rate counts as sustained' },
  { flag: 'seconds', placeholder: 'S', help: 'how long to measure (10; of each step of a sweep 2)' },
  { flag: 'warm-up', placeholder: 'S', help: 'load before that (2)' },
  { flag: 'workers', placeholder: 'N', help: 'processes with bots (1)' },
  { flag: 'max-visible', placeholder: 'N', help: 'whom one bot sees in mmo-crowd, 0 for all (100)' },
  { flag: 'pid', placeholder: 'N', help: "the server's process here: CPU and memory are read from it" },
  { flag: 'metrics', placeholder: 'URL', help: 'where the server tells its metrics' },
  { flag: 'name', placeholder: 'NAME', help: 'name of the run (scenario, way and time)' },
  { flag: 'out', placeholder: 'FOLDER', help: 'where the results go (bench-results)' },
] as const

type Values = Readonly<Record<string, string | boolean | undefined>>

/** A value that makes no sense. */
class Mistake extends Error {}

/**
 * Reads what stands behind `warren bench`.
 * @param now  names the run, where nobody does
 */
export function parseBench(args: readonly string[], now: Date): BenchCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(
          LOAD_FLAGS.map(({ flag, placeholder }) => [
            flag,
            { type: placeholder === '' ? ('boolean' as const) : ('string' as const) },
          ]),
        ),
      },
    })
    const [name, ...words] = positionals
    if (values.help === true || name === undefined) return { type: 'help' }
    if (name === 'compare') return compareOf(words, values)
    const scenario = SCENARIO_NAMES.find(one => one === name)
    if (scenario === undefined) {
      throw new Mistake(`"${name}" is no scenario; there are ${SCENARIO_NAMES.join(', ')}`)
    }
    if (words[0] !== undefined) throw new Mistake(`"${words[0]}" is one word too many`)
    return { type: 'load', options: optionsOf(scenario, values, now) }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return { type: 'mistake', message: text.split(/\.(?:\s|$)|\n/, 1)[0] ?? text }
  }
}

function compareOf(words: readonly string[], values: Values): BenchCommand {
  const [before, after, surplus] = words
  if (before === undefined || after === undefined || surplus !== undefined) {
    throw new Mistake('compare wants two files: compare BEFORE.json AFTER.json')
  }
  return { type: 'compare', before, after, out: textOf(values, 'out') }
}

function optionsOf(name: ScenarioName, values: Values, now: Date): LoadOptions {
  const scenario: Scenario = SCENARIOS[name]
  const way = wayOf(textOf(values, 'over') ?? 'tcp')
  if (!scenario.ways.includes(way)) {
    throw new Mistake(`${name} does not go over ${way}, but over ${scenario.ways.join(', ')}`)
  }
  const sweep = values.sweep === true
  if (scenario.rate === undefined && (sweep || values.rate !== undefined)) {
    throw new Mistake(`${name} has no rate: --clients says how much there is to do`)
  }
  const clients = numberOf(values, 'clients', scenario.clients, 1, MOST_CLIENTS)
  const target = textOf(values, 'target')
  const seconds = numberOf(values, 'seconds', sweep ? 2 : DEFAULTS.seconds, 0.1, 86_400)
  return {
    scenario: name,
    way,
    target: target === undefined ? undefined : addressOf(target, WAYS[way].usualPort),
    zone: textOf(values, 'zone'),
    room: textOf(values, 'room') ?? DEFAULTS.room,
    clients,
    roomSize: Math.min(clients, numberOf(values, 'room-size', clients, 1, MOST_CLIENTS)),
    workers: Math.min(clients, numberOf(values, 'workers', 1, 1, 1024)),
    rate: scenario.rate === undefined ? undefined : numberOf(values, 'rate', scenario.rate, 0.01, MOST_RATE),
    sweep,
    limit: numberOf(values, 'limit', scenario.limit, 0.1, 60_000),
    warmUp: numberOf(values, 'warm-up', DEFAULTS.warmUp, 0, 3600) * 1000,
    measure: seconds * 1000,
    maxVisible: numberOf(values, 'max-visible', DEFAULTS.visible, 0, 100_000),
    pid: values.pid === undefined ? undefined : numberOf(values, 'pid', 0, 1, 2 ** 31),
    metrics: textOf(values, 'metrics'),
    out: textOf(values, 'out') ?? 'bench-results',
    name: nameOf(textOf(values, 'name'), `${name}-${way}-${now.toISOString().slice(0, 19)}`),
  }
}

function wayOf(text: string): Way {
  const way = WAY_NAMES.find(name => name === text)
  if (way === undefined) throw new Mistake(`--over: "${text}" is none of ${WAY_NAMES.join(', ')}`)
  return way
}

/** `host`, `host:port`, `:port` or `[v6]:port`. */
function addressOf(text: string, usualPort: number): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text) ?? []
  const host = bracketed ?? plain
  const port = digits === undefined ? usualPort : Number(digits)
  if (host === undefined || port < 1 || port > 65_535) {
    throw new Mistake(`--target: "${text}" is no HOST:PORT`)
  }
  return { host: host === '' ? '127.0.0.1' : host, port }
}

function nameOf(given: string | undefined, other: string): string {
  if (given === undefined) return other.replaceAll(':', '-')
  if (!/^[\w][\w.-]{0,99}$/.test(given)) {
    throw new Mistake(`--name: "${given}" is no file name of letters, digits, dots and dashes`)
  }
  return given
}

function textOf(values: Values, flag: string): string | undefined {
  const value = values[flag]
  return typeof value === 'string' ? value : undefined
}

function numberOf(values: Values, flag: string, other: number, least: number, most: number): number {
  const text = textOf(values, flag)
  if (text === undefined) return other
  const value = Number(text)
  const isFine =
    text.trim() !== '' && value >= least && value <= most && (least < 1 || Number.isInteger(value))
  if (!isFine) throw new Mistake(`--${flag}: "${text}" is no number from ${least} to ${most}`)
  return value
}
