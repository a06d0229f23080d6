// Runs on old Nodes too: plain JavaScript, no dependency.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'

/** The oldest Node that Warren runs on: it strips types by itself and is under long-term support. */
export const OLDEST_NODE = 24

/** Whether a version, such as `24.1.0`, is recent enough. */
export function isRecent(version) {
  return Number.parseInt(version, 10) >= OLDEST_NODE
}

/**
 * The Node that npm installed beside the other packages.
 * @param from  path or URL of a file; the search begins there
 */
export function pinnedNode(from) {
  try {
    const manifest = createRequire(from).resolve('node/package.json')
    return join(manifest, '..', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    return undefined
  }
}

/** How often a parent is looked at, in milliseconds. */
const PARENT_MILLIS = 500

/**
 * Runs a program in the place of this one: same input and output, signals passed on.
 * @param options  `env`; `endWithParent` ends it when the parent of this process dies, as the shell of an npm script
 *   does on a signal, without telling anybody
 * @returns the exit code, as a shell counts it
 */
export function runInstead(program, args, { env, endWithParent = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env: env ?? process.env })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    const parent = process.ppid
    const watch = setInterval(() => {
      if (endWithParent && process.ppid !== parent) child.kill('SIGTERM')
    }, PARENT_MILLIS)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}
