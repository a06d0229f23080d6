import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportLines } from '../src/replay/print.ts'
import { replay } from '../src/replay/replay.ts'
import { SCENARIOS } from '../src/replay/scenarios.ts'
import { readScenario } from '../src/replay/tunnel-trace.ts'
import { openStage } from '../src/replay/warren-stage.ts'

for (const scenario of SCENARIOS) {
  test(`${scenario.trace}: every client gets what the recorded server sent`, async t => {
    const trace = readScenario(scenario, new URL('../fixtures/traces/', import.meta.url))
    const report = await replay(trace, scenario, await openStage(scenario))
    for (const line of reportLines(report)) t.diagnostic(line)
    assert.deepEqual(
      report.problems.map(({ step, client, text }) => `step ${step} ${client}: ${text}`),
      [],
    )
    assert.ok(report.matched > 0)
  })
}
