import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The headless shell first: it draws no windows, and takes half the time of the others. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
const QUIETLY = ['-y', '-qq', '--no-install-recommends']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** A Chromium or Chrome: the one that CHROME_PATH names, or the first on the PATH. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROME_PATH
  if (named) return isExecutable(named) ? named : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = NAMES.flatMap(name => folders.map(folder => join(folder, name)))
  return [...candidates, MAC].find(isExecutable)
}

/**
 * A browser, installed from Debian's packages if there is none and we may.
 * @throws Error that says what to do
 */
export function ensureBrowser(): string {
  const found = findBrowser()
  if (found !== undefined) return found
  if (process.env.CHROME_PATH)
    throw new Error(`CHROME_PATH is ${process.env.CHROME_PATH}, which cannot be run.`)
  if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    console.log('Installing headless Chromium with apt-get, this takes a minute or two ...')
    apt('update', '-qq')
    try {
      apt('install', ...QUIETLY, 'chromium-headless-shell')
    } catch {
      // Not every distribution has it.
      apt('install', ...QUIETLY, 'chromium')
    }
    const installed = findBrowser()
    if (installed !== undefined) return installed
  }
  throw new Error(
    'The browser tests need Chromium or Chrome. Install one, or set CHROME_PATH to its program.\n' +
      'On Debian and Ubuntu: sudo apt-get install chromium',
  )
}

function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${stdout}${stderr}`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
