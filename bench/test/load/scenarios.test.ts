import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBench } from '../../src/load/load-arguments.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { SCENARIO_NAMES, type ScenarioName } from '../../src/load/scenarios.ts'
import { Progress } from '../../src/progress.ts'

/** How each scenario is tried out, and what it has to count at least. */
const TRIALS: Readonly<Record<ScenarioName, readonly (readonly [line: string, least: number])[]>> = {
  chat: [['--over es3 --clients 4 --rate 400', 480]],
  lobby: [['--over ws --clients 8 --rate 320 --workers 2', 320]],
  'mmo-walk': [['--clients 24 --workers 2', 100]],
  'mmo-crowd': [['--clients 30 --max-visible 10', 300]],
  'login-storm': [
    ['--rate 40 --workers 2', 48],
    ['--rate 20 --over bluebox', 24],
  ],
  // Each comes back, and then each hears all in his room.
  'reconnect-storm': [['--clients 24 --workers 2', 24 + 2 * 12 * 12]],
  idle: [['--clients 20', 4]],
}

const silence = { isTerminal: false, columns: 80, write: () => {} }

for (const name of SCENARIO_NAMES) {
  for (const [line, least] of TRIALS[name]) {
    test(`${name} ${line} counts all there is to count, and Warren does all of it`, async () => {
      const args = [name, ...line.split(' '), '--seconds', '1', '--warm-up', '0.2']
      const command = parseBench(args, new Date())
      assert.equal(command.type, 'load')
      if (command.type !== 'load') return
      const { main, resident } = await runLoad(command.options, new Progress(silence))
      assert.deepEqual(main.closed, [])
      assert.equal(main.aborted, false)
      const { expected, delivered, lost, doubled, disordered, invented } = main.count
      assert.deepEqual(
        { lost, doubled, disordered, invented },
        { lost: 0, doubled: 0, disordered: 0, invented: 0 },
      )
      assert.equal(delivered, expected)
      assert.ok(expected >= least, `${expected} were expected`)
      assert.ok((resident.after ?? 0) > 0)
    })
  }
}
