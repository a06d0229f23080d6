import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PACKAGES = { '@warren/client': 'client', '@warren/codec': 'codec', '@types': 'node_modules/@types' }

/** What examples find around them. What they declare themselves comes before it. */
const AROUND = `
type Client = typeof import('@warren/client/node')
declare const sfs: InstanceType<Client['SmartFox']>
declare const buddies: InstanceType<Client['Buddies']>
declare const games: InstanceType<Client['Games']>
declare const bob: import('@warren/client').User & Pick<import('@warren/client').Buddy, keyof import('@warren/client').Buddy>
declare const user: import('@warren/client').User
declare const room: import('@warren/client').Room
declare const lobby: import('@warren/client').Room
declare const chess: import('@warren/client').Room
declare const duel: import('@warren/client').Room
declare const settings: import('@warren/client').RoomSettings
declare const params: import('@warren/client').SFSObject
declare const avatars: Map<import('@warren/client').User, { moveTo(x: number, y: number): void }>
declare const chat: { onRoomJoin(event: import('@warren/client').SFSEvents['roomJoin']): void }

type Dice = typeof import('./extensions/dice/index.ts').default
declare const dice: import('@warren/client').ExtensionClient<Dice['requests'], Dice['messages']>
declare const game: import('@warren/client').ExtensionClient<Dice['requests'], Dice['messages']>
declare const diceContract: Dice

declare const es: import('@warren/client/electroserver').ElectroServer
declare const message: string
declare const socket: import('@warren/client/flash').Socket & import('@warren/client/flash').XMLSocket
declare function move(x: number, y: number): void
declare function show(...values: unknown[]): void
declare const log: { append(line: string): void }
`

/** The extension that one of them imports. */
const DICE = `import { defineContract, t } from '@warren/codec/schema'
export default defineContract({
  requests: {
    roll: { params: { sides: t.int() }, response: { eyes: t.int() } },
    move: { params: { x: t.int(), y: t.int() } },
  },
  messages: { rolled: { by: t.string(), eyes: t.int() } },
})
`

const EXAMPLE = /@example\n((?: *\*(?: .*)?\n)+?)(?= *\*\/| *\* @)/g

/** Where the names of an example come from, by its file below `client/src`. */
function entryOf(file: string): string {
  const part = ['electroserver', 'flash'].find(name => file.includes(name))
  const isNode = file.startsWith('node/')
  return ['@warren/client', ...(part === undefined ? [] : [part]), ...(isNode ? ['node'] : [])].join('/')
}

/** An example as a module, which imports what it uses. */
async function moduleOf(file: string, code: string): Promise<string> {
  const entry = entryOf(file)
  const names = Object.keys(await import(entry)).filter(name => new RegExp(`\\b${name}\\b`).test(code))
  return `import { ${names.join(', ')} } from '${entry}'\n${code}\nexport {}\n`
}

/** The examples of a source, without the stars. */
function examplesOf(source: string): string[] {
  return Array.from(source.matchAll(EXAMPLE), ([, lines = '']) => lines.replace(/^ *\* ?/gm, '').trimEnd())
}

test('every example in the docstrings of the client compiles', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'warren-examples-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  for (const [name, target] of Object.entries(PACKAGES)) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(join(ROOT, target), join(folder, 'node_modules', name))
  }
  write('package.json', '{ "type": "module" }')
  write('around.d.ts', AROUND)
  write('extensions/dice/index.ts', DICE)
  let count = 0
  for (const file of globSync('**/*.ts', { cwd: join(ROOT, 'client/src') })) {
    for (const code of examplesOf(readFileSync(join(ROOT, 'client/src', file), 'utf8'))) {
      count++
      write(`examples/${file.replaceAll('/', '-')}-${count}.ts`, await moduleOf(file, code))
    }
  }
  assert.ok(count > 140, `${count} examples`)
  const compilerOptions = {
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: ['node'],
    noUnusedLocals: false,
    noUnusedParameters: false,
  }
  write('tsconfig.json', JSON.stringify({ extends: join(ROOT, 'tsconfig.base.json'), compilerOptions }))
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: 'utf8' })
  assert.equal(status, 0, stdout)
})
