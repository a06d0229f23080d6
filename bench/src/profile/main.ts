/** `npm run profile -- <scenario>`: what the server does while it is loaded, as profiles and as tables. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseBench } from '../load/load-arguments.ts'
import { LOAD_HELP } from '../load/load-help.ts'
import type { LoadOptions } from '../load/load-options.ts'
import type { LoadServer } from '../load/load-server.ts'
import { loadText } from '../load/load-text.ts'
import { runLoad } from '../load/run-load.ts'
import { duration, size } from '../load/units.ts'
import { Progress } from '../progress.ts'
import { fixed, textTable } from '../table.ts'
import { type HotFunction, hotByBytes, hotByTime } from './hot-functions.ts'

const USAGE = `Usage: npm run profile -- <scenario> [options of warren bench]
Starts a server, loads it, and leaves a CPU profile and a profile of allocations.
`
/** Functions in a table. */
const ROWS = 25

async function main(args: readonly string[]): Promise<number> {
  const command = parseBench(args, new Date())
  if (command.type === 'help') {
    console.log(`${USAGE}\n${LOAD_HELP}`)
    return 0
  }
  if (command.type !== 'load' || command.options.target !== undefined) {
    const why =
      command.type === 'mistake' ? command.message : 'only a server that it starts itself can be profiled'
    console.error(`${why}\n${USAGE}`)
    return 2
  }
  await profile(command.options)
  return 0
}

async function profile(options: LoadOptions): Promise<void> {
  const progress = new Progress()
  const folder = resolve(process.cwd(), options.out)
  mkdirSync(folder, { recursive: true })
  const path = resolve(folder, options.name)
  const tables: string[] = []
  const afterLoad = async (server: LoadServer) => {
    const { cpu, heap } = await server.profiled()
    writeFileSync(`${path}.cpuprofile`, JSON.stringify(cpu))
    writeFileSync(`${path}.heapprofile`, JSON.stringify(heap))
    tables.push(tableOf('CPU time by function, without what it calls', 'time', hotByTime(cpu), duration))
    tables.push(tableOf('Allocated bytes by function', 'allocated', hotByBytes(heap), size))
  }
  const report = await runLoad(options, progress, { beforeLoad: server => server.profile(), afterLoad })
  progress.end()
  console.log([loadText(report), ...tables].join('\n'))
  console.log(`Written to ${path}.cpuprofile and ${path}.heapprofile`)
}

function tableOf(
  title: string,
  column: string,
  functions: readonly HotFunction[],
  format: (value: number) => string,
): string {
  const rows = functions
    .slice(0, ROWS)
    .map(({ name, place, self, share }) => [name, place, format(self), `${fixed(share * 100, 1)} %`])
  return textTable({ title, columns: ['function', 'where', column, 'share'], left: 2, rows })
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
