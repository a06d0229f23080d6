import { setImmediate } from 'node:timers/promises'
import { bodies } from './corpus.ts'
import { mutated } from './mutate.ts'
import { Random } from './random.ts'
import { targets } from './targets.ts'

const SLOW_MILLIS = 500
const TURN_INPUTS = 200

/** An input that broke a target. */
export class Finding extends Error {
  override readonly name = 'Finding'
  readonly hex: string

  constructor(target: string, bytes: Uint8Array, seed: number, cause: unknown) {
    super(`${target}: seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.hex = Buffer.from(bytes).toString('hex')
  }
}

/** Runs mutated inputs through every target until told to stop; returns how many. Throws {@link Finding}. */
export async function fuzz(
  seed: number,
  goesOn: (inputs: number) => boolean,
  perMessage = 4,
): Promise<number> {
  const corpus = bodies(seed, perMessage)
  let inputs = 0
  while (goesOn(inputs)) {
    const inputSeed = (seed + Math.imul(inputs, 0x9e3779b1)) | 0
    const random = new Random(inputSeed)
    const bytes = mutated(random, corpus)
    for (const [name, target] of Object.entries(targets)) {
      const started = performance.now()
      try {
        target(bytes, random)
      } catch (error) {
        throw new Finding(name, bytes, inputSeed, error)
      }
      const took = performance.now() - started
      if (took > SLOW_MILLIS) throw new Finding(name, bytes, inputSeed, `took ${took.toFixed(0)} ms`)
    }
    inputs++
    // Synchronous zlib gives its memory back in the next turn of the event loop.
    if (inputs % TURN_INPUTS === 0) await setImmediate()
  }
  return inputs
}
