import { parentPort, workerData } from 'node:worker_threads'
import { createLog } from './log.ts'

const RUNNING = 0
const SINCE = 1

const { shared, seconds } = workerData as { readonly shared: SharedArrayBuffer; readonly seconds: number }
const numbers = new Int32Array(shared)
const names = new Map<number, string>()
const log = createLog({ level: 'error' })
let seen = { id: 0, since: -1, looks: 0 }

parentPort?.on('message', ({ id, name }: { readonly id: number; readonly name: string }) =>
  names.set(id, name),
)

setInterval(() => {
  const id = Atomics.load(numbers, RUNNING)
  const since = Atomics.load(numbers, SINCE)
  if (id === 0) return
  if (id !== seen.id || since !== seen.since) {
    seen = { id, since, looks: 0 }
    return
  }
  seen.looks++
  if (seen.looks % seconds !== 0) return
  const [extension = '', what = ''] = (names.get(id) ?? '').split(': ')
  log.error(
    { extension, reason: 'blocked', seconds: seen.looks },
    `The handler of ${what} has held the server for ${seen.looks} s and goes on`,
  )
}, 1000)
