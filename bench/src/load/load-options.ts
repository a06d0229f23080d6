import type { ScenarioName } from './scenarios.ts'
import type { Way } from './ways.ts'

/** What `warren bench <scenario>` is to do. */
export interface LoadOptions {
  readonly scenario: ScenarioName
  readonly way: Way
  /** A server that is there; left out, one is started for the run. */
  readonly target: { readonly host: string; readonly port: number } | undefined
  readonly zone: string | undefined
  readonly room: string
  /** Bots, all together. */
  readonly clients: number
  /** Bots in a room. */
  readonly roomSize: number
  readonly workers: number
  /** Deliveries a second; undefined where the scenario has none. */
  readonly rate: number | undefined
  /** Look for the highest rate that is sustained. */
  readonly sweep: boolean
  /** Milliseconds of the 99th percentile within which a rate counts as sustained. */
  readonly limit: number
  /** Milliseconds. */
  readonly warmUp: number
  readonly measure: number
  readonly maxVisible: number
  /** The server's process on this machine. */
  readonly pid: number | undefined
  /** Where the server tells its metrics. */
  readonly metrics: string | undefined
  /** A folder for the results. */
  readonly out: string
  /** The name of the run, for its files and its title. */
  readonly name: string
}

/** What `warren bench` is asked for. */
export type BenchCommand =
  | { readonly type: 'load'; readonly options: LoadOptions }
  | {
      readonly type: 'compare'
      readonly before: string
      readonly after: string
      readonly out: string | undefined
    }
  | { readonly type: 'help' }
  | { readonly type: 'mistake'; readonly message: string }
