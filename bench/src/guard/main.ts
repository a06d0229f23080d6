/**
 * `npm run bench:check`: a short measurement of Warren and the floor, held against the figures of the last release.
 * With `--save NAME` they become those of a release.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { webSocketCandidates } from '../candidates.ts'
import { parsePeerOptions } from '../peers/peer-options.ts'
import { figureOf, ratioOf } from '../peers/peer-results.ts'
import { runRounds } from '../peers/peer-rounds.ts'
import { peerWorks } from '../peers/peer-works.ts'
import { Progress } from '../progress.ts'
import { fixed, type Table, textTable } from '../table.ts'
import { type Baseline, type Comparison, compareRatios } from './regressions.ts'

const FILE = fileURLToPath(new URL('../../baseline.json', import.meta.url))
const WORKS = ['chat-100', 'cpu', 'logins']

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { save: { type: 'string' }, rounds: { type: 'string', default: '3' } },
  })
  const progress = new Progress()
  const options = parsePeerOptions(['--quick', '--no-peers', '--rounds', values.rounds])
  const works = peerWorks(options).filter(({ key }) => WORKS.includes(key))
  const candidates = webSocketCandidates.filter(({ isPeer }) => !isPeer)
  const results = await runRounds(candidates, works, options, progress)
  progress.end()
  const [warren = '', floor = ''] = results.servers
  const ratios = Object.fromEntries(
    Object.keys(results.figures)
      .map(key => [key, Number(fixed(ratioOf(results, warren, floor, key), 3))] as const)
      .filter(([, ratio]) => Number.isFinite(ratio)),
  )
  if (values.save !== undefined) {
    const baseline: Baseline = { release: values.save, ratios }
    writeFileSync(FILE, `${JSON.stringify(baseline, null, 2)}\n`)
    console.log(`Written to ${FILE}`)
    return 0
  }
  if (!existsSync(FILE))
    throw new Error('There are no figures of a release; npm run bench:check -- --save NAME makes them')
  const baseline: Baseline = JSON.parse(readFileSync(FILE, 'utf8'))
  // Where not even the floor could be measured, the machine is to blame.
  const isKnown = (key: string) => Number.isFinite(figureOf(results, floor, key))
  const known = Object.fromEntries(Object.entries(results.figures).filter(([key]) => isKnown(key)))
  const unknown = Object.keys(baseline.ratios).filter(key => !isKnown(key))
  const comparisons = compareRatios(baseline, ratios, known)
  console.log(textTable(tableOf(baseline, comparisons)))
  if (comparisons.some(({ isRegression }) => isRegression)) return 1
  if (unknown.length === 0) return 0
  console.error(`Not even the floor could be measured: ${unknown.join(', ')}. Try again on a quiet machine.`)
  return 2
}

function tableOf({ release }: Baseline, comparisons: readonly Comparison[]): Table {
  return {
    title: `Warren by the floor: release ${release}, and now`,
    columns: ['figure', 'release', 'now', 'worse by', ''],
    left: 1,
    rows: comparisons.map(({ title, before, now, worse, isRegression }) => [
      title,
      `${fixed(before, 2)} x`,
      `${fixed(now, 2)} x`,
      Number.isFinite(worse) ? `${fixed((worse - 1) * 100, 0)} %` : 'not measured',
      isRegression ? 'REGRESSION' : '',
    ]),
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
