/** The sockets of an MMO room alone: builds `sockets-mmo.c`, where there is a compiler, and answers for it. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UPDATE_BYTES, UPDATE_MILLIS } from '../mmo/world.ts'
import { cpuSeconds } from '../proc.ts'
import { reportReady } from './child.ts'

const folder = mkdtempSync(join(tmpdir(), 'warren-sockets-'))
const program = join(folder, 'sockets-mmo')
const source = fileURLToPath(new URL('sockets-mmo.c', import.meta.url))
const defined = [`-DUPDATE_BYTES=${UPDATE_BYTES}`, `-DUPDATE_MILLIS=${UPDATE_MILLIS}`]
const built = spawnSync('cc', ['-O2', ...defined, '-o', program, source], { encoding: 'utf8' })
if (built.status !== 0) {
  rmSync(folder, { recursive: true })
  throw new Error(`The bare sockets need a C compiler (cc): ${built.error ?? built.stderr}`)
}

// It ends with this process, whose end closes its input.
const server = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
const { pid } = server
if (pid === undefined) throw new Error('The bare sockets did not start')
server.on('exit', code => process.exit(code ?? 1))
server.stdout.once('data', port => {
  // This process is killed in the end; what runs needs no file any more.
  rmSync(folder, { recursive: true })
  reportReady(Number(port), () => cpuSeconds(pid))
})
