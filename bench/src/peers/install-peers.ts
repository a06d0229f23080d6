import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../peers/', import.meta.url))

/** Installs the peers' packages when they are missing or not those of the lock file. @returns whether they are there. */
export function installPeers(note: (text: string) => void): boolean {
  if (isCurrent()) return true
  note('Installing the peers (Colyseus, Socket.IO) into bench/peers: once, about 25 MB')
  // `npm ci` refuses the lock file where a registry has not all optional packages that are named in it; this keeps to
  // its versions as well.
  const { status } = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  if (status === 0) return true
  note('The peers could not be installed; going on without them')
  return false
}

/** The versions that are compared with. */
export function peerVersions(): Record<string, string> {
  const versions: Record<string, string> = {}
  for (const name of ['@colyseus/core', '@colyseus/ws-transport', 'socket.io']) {
    const file = `${folder}node_modules/${name}/package.json`
    if (existsSync(file)) versions[name] = JSON.parse(readFileSync(file, 'utf8')).version
  }
  return versions
}

function isCurrent(): boolean {
  const installed = `${folder}node_modules/.package-lock.json`
  if (!existsSync(installed)) return false
  return statSync(installed).mtimeMs >= statSync(`${folder}package-lock.json`).mtimeMs
}
