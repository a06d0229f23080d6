import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Finding, fuzz } from './fuzz.ts'

const USAGE = 'usage: node codec/fuzz/run.ts [--minutes N] [--seed N]'
const DEFAULT_MINUTES = 240
const ROUND_INPUTS = 20_000
const MAX_GROWTH = 256 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes that are still in use after a full collection. */
function bytesInUse(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } })
  const minutes = Number(values.minutes ?? DEFAULT_MINUTES)
  let seed = Number(values.seed ?? Date.now() % 0x7fff_ffff)
  if (!(minutes > 0) || !Number.isInteger(seed)) {
    console.error(USAGE)
    return 2
  }
  const until = performance.now() + minutes * 60_000
  let baseline = Number.POSITIVE_INFINITY
  let total = 0
  while (performance.now() < until) {
    total += await fuzz(seed, inputs => inputs < ROUND_INPUTS && performance.now() < until)
    const inUse = bytesInUse()
    baseline = Math.min(baseline, inUse)
    console.log(`seed ${seed}: ${total} inputs, ${(inUse / 1024 / 1024).toFixed(1)} MB in use`)
    if (inUse - baseline > MAX_GROWTH) {
      console.error(`memory grew by ${inUse - baseline} bytes`)
      return 1
    }
    seed = (seed + 1) % 0x7fff_ffff
  }
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Finding)) throw error
  console.error(error.message)
  console.error(error.cause)
  console.error(`input: ${error.hex}`)
  process.exitCode = 1
}
