import { parentPort, workerData } from 'node:worker_threads'
import { createLog } from './log.ts'

const RUNNING = 0
const RUN = 1
const TURN = 2

/** What is called by a number. */
interface Name {
  readonly id: number
  readonly owner: string
  readonly what: string
}

const { shared, seconds } = workerData as { readonly shared: SharedArrayBuffer; readonly seconds: number }
const numbers = new Int32Array(shared)
const names = new Map<number, Name>()
const log = createLog({ level: 'error' })
let seen = { turn: -1, run: 0, looks: 0, isOneRun: true }

parentPort?.on('message', (name: Name) => names.set(name.id, name))

setInterval(() => {
  const turn = Atomics.load(numbers, TURN)
  const run = Atomics.load(numbers, RUN)
  const running = Atomics.load(numbers, RUNNING)
  if (turn !== seen.turn || running === 0) {
    seen = { turn, run, looks: 0, isOneRun: running > 0 }
    return
  }
  seen.looks++
  // Whoever waits for what is there already lets others go on that wait, but never the loop.
  if (run !== seen.run || running < 0) seen.isOneRun = false
  if (seen.looks % seconds !== 0) return
  const { owner, what } = names.get(Math.abs(running)) ?? { owner: 'unknown', what: 'unknown' }
  log.error(
    { extension: owner, reason: 'blocked', seconds: seen.looks },
    seen.isOneRun
      ? `The handler of ${what} has held the server for ${seen.looks} s and goes on`
      : `The server has done nothing but follow promises for ${seen.looks} s; what ran last is the handler of ${what}`,
  )
}, 1000)
