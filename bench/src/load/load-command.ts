import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isComplete } from '../generator/step.ts'
import { Progress, type ProgressOutput } from '../progress.ts'
import type { BenchSurroundings } from './bench-surroundings.ts'
import { compareFiles } from './compare.ts'
import { parseBench } from './load-arguments.ts'
import { LOAD_HELP } from './load-help.ts'
import type { LoadOptions } from './load-options.ts'
import { loadText } from './load-text.ts'
import { reportPage } from './page/report-page.ts'
import { runLoad } from './run-load.ts'

/**
 * Carries out `warren bench`.
 * @param args  what stands behind `bench`
 * @returns the exit code: 0 for success, 1 for faults of the server or failures, 2 for a line that makes no sense
 */
export async function bench(args: readonly string[], around: BenchSurroundings): Promise<number> {
  const command = parseBench(args, new Date())
  switch (command.type) {
    case 'help':
      around.out(LOAD_HELP)
      return 0
    case 'mistake':
      around.err(`warren bench: ${command.message}\nTry "warren bench --help".\n`)
      return 2
    case 'compare':
      return compareFiles(command, around)
    case 'load':
      return load(command.options, around)
  }
}

async function load(options: LoadOptions, around: BenchSurroundings): Promise<number> {
  const output: ProgressOutput = {
    isTerminal: around.isTerminal,
    // Some terminals do not know how wide they are and say 0.
    columns: around.columns || 80,
    write: text => around.err(text),
  }
  const progress = new Progress(output)
  try {
    const report = await runLoad(options, progress)
    progress.end()
    around.out(loadText(report))
    const folder = resolve(around.cwd, options.out)
    mkdirSync(folder, { recursive: true })
    const path = resolve(folder, options.name)
    writeFileSync(`${path}.json`, `${JSON.stringify(report, null, 1)}\n`)
    writeFileSync(`${path}.html`, reportPage(report))
    around.out(`Written to ${path}.json and ${path}.html\n`)
    return isComplete(report.main) ? 0 : 1
  } catch (error) {
    progress.end()
    around.err(`warren bench: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}
