/** The sockets of an MMO room alone: builds `sockets-mmo.c`, where there is a compiler, and answers for it. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpuSeconds } from '../proc.ts'
import type { ServerReport } from './child.ts'

const source = fileURLToPath(new URL('sockets-mmo.c', import.meta.url))
const program = join(mkdtempSync(join(tmpdir(), 'warren-bench-')), 'sockets-mmo')
const built = spawnSync('cc', ['-O2', '-o', program, source], { encoding: 'utf8' })
if (built.status !== 0) throw new Error(`No C compiler for the bare sockets: ${built.error ?? built.stderr}`)

const server = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
const { pid } = server
if (pid === undefined) throw new Error('The bare sockets did not start')
server.stdout.once('data', line => report({ type: 'ready', port: Number(line) }))
server.on('exit', code => process.exit(code ?? 1))
process.on('disconnect', () => server.stdin.end())
process.on('message', message => {
  if (message !== 'use') return
  const turns = { count: 0, percentiles: [] }
  report({ type: 'used', cpu: cpuSeconds(pid), at: performance.now() / 1000, turns })
})

function report(message: ServerReport): void {
  process.send?.(message)
}
