import type { Candidate } from '../candidates.ts'
import type { Progress } from '../progress.ts'
import { PeerBed } from './peer-bed.ts'
import type { PeerOptions } from './peer-options.ts'
import type { PeerResults } from './peer-results.ts'
import type { PeerFigure, PeerValues, PeerWork } from './peer-works.ts'

/** Has every server do every work, in turn, round by round. What fails is noted and left out. */
export async function runRounds(
  candidates: readonly Candidate[],
  works: readonly PeerWork[],
  options: PeerOptions,
  progress: Progress,
): Promise<PeerResults> {
  const rounds: Record<string, PeerValues[]> = {}
  for (const { name } of candidates) rounds[name] = []
  for (let round = 0; round < options.rounds; round++) {
    const found = new Map(candidates.map(({ name }) => [name, {} as PeerValues]))
    for (const work of works) {
      for (const candidate of rotated(candidates, round)) {
        const what = `round ${round + 1} of ${options.rounds}, ${work.title}: ${candidate.name}`
        progress.stage(what)
        try {
          const values = await runOnce(candidate, work, options, progress)
          found.set(candidate.name, { ...found.get(candidate.name), ...values })
        } catch (error) {
          progress.note(`${what} failed: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
    }
    for (const [name, values] of found) rounds[name]?.push(values)
  }
  const figures: Record<string, PeerFigure> = Object.assign({}, ...works.map(work => work.figures))
  return { servers: candidates.map(({ name }) => name), figures, rounds }
}

async function runOnce(
  candidate: Candidate,
  work: PeerWork,
  options: PeerOptions,
  progress: Progress,
): Promise<PeerValues> {
  const bed = await PeerBed.build(candidate, options.floorTick)
  try {
    return await work.run(bed, options, text => progress.detail(text))
  } finally {
    await bed.close()
  }
}

/** Each round begins with another one: who comes first finds the machine cooler. */
function rotated<T>(values: readonly T[], by: number): T[] {
  const at = by % values.length
  return [...values.slice(at), ...values.slice(0, at)]
}
