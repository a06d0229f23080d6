import { parentPort, workerData } from 'node:worker_threads'
import { createLog } from './log.ts'

const RUNNING = 0
const RUN = 1

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
let seen = { id: 0, run: 0, looks: 0 }

parentPort?.on('message', (name: Name) => names.set(name.id, name))

setInterval(() => {
  const id = Atomics.load(numbers, RUNNING)
  const run = Atomics.load(numbers, RUN)
  if (id === 0) return
  if (id !== seen.id || run !== seen.run) {
    seen = { id, run, looks: 0 }
    return
  }
  seen.looks++
  if (seen.looks % seconds !== 0) return
  const { owner, what } = names.get(id) ?? { owner: 'unknown', what: 'unknown' }
  log.error(
    { extension: owner, reason: 'blocked', seconds: seen.looks },
    `The handler of ${what} has held the server for ${seen.looks} s and goes on`,
  )
}, 1000)
