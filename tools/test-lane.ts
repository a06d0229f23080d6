/**
 * One lane of a test run: the given files, one after the other, in this process. Prints what they say and tells whoever
 * started it how many tests there were.
 */
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

/** What a lane tells of its tests. */
export interface LaneCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** No test takes longer than this; one that hangs fails. */
const TIMEOUT_MILLIS = 120_000

const tests = run({ files: process.argv.slice(2), isolation: 'none', timeout: TIMEOUT_MILLIS })
tests.on('test:summary', ({ counts, file }) => {
  if (file !== undefined) return
  const report: LaneCounts = {
    passed: counts.passed,
    failed: counts.tests - counts.passed - counts.skipped,
    skipped: counts.skipped,
  }
  process.send?.(report)
  if (report.failed > 0) process.exitCode = 1
})
tests.compose(new spec()).pipe(process.stdout)
