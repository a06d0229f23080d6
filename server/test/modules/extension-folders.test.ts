import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { defineExtension } from '../../src/extension/definition.ts'
import type { ExtensionSource } from '../../src/extension/instance.ts'
import { ExtensionFolders } from '../../src/modules/extension-folders.ts'

/** More than a reload takes; only said when a test fails. */
const PATIENCE_MILLIS = 10_000

const GAME = `
import { defineExtension } from '@warren/server'
import { word } from './words.ts'
export default defineExtension({ init: () => word })
`
const word = (text: string) => `export const word = '${text}'\n`

/** Folders of a test with what is loaded of them. */
class Shelf {
  readonly root = mkdtempSync(join(tmpdir(), 'warren-folders-'))
  readonly dir = join(this.root, 'extensions')
  readonly log: string[] = []
  outcome = { started: 1, failed: 0 }
  readonly #versions: unknown[] = []
  #waiting: (() => void) | undefined

  constructor(t: TestContext, files: Readonly<Record<string, string>>) {
    mkdirSync(this.dir)
    for (const [path, text] of Object.entries(files)) this.write(path, text)
    t.after(() => rmSync(this.root, { recursive: true, force: true }))
  }

  open(t: TestContext, watch = true, definitions = {}): ExtensionFolders {
    const say = (level: string) => (_fields: object, message: string) => {
      this.log.push(`${level}: ${message}`)
      this.#waiting?.()
    }
    const folders = new ExtensionFolders({
      dirs: [this.dir],
      definitions,
      watch,
      log: { info: say('info'), warn: say('warn'), error: say('error') },
    })
    t.after(() => folders.close())
    return folders
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), text)
  }

  readonly replace = async (source: ExtensionSource) => {
    this.#versions.push(wordOf(source))
    return this.outcome
  }

  /** What was loaded anew, once the log has so many lines. */
  async after(lines: number): Promise<readonly unknown[]> {
    const late = setTimeout(() => this.#waiting?.(), PATIENCE_MILLIS)
    const before = Date.now()
    while (this.log.length < lines && Date.now() - before < PATIENCE_MILLIS) {
      await new Promise<void>(resolve => {
        this.#waiting = resolve
      })
    }
    clearTimeout(late)
    assert.ok(this.log.length >= lines, `the log says no more than ${JSON.stringify(this.log)}`)
    return this.#versions
  }
}

const wordOf = ({ definition }: ExtensionSource) => definition.init(undefined as never)

const RELOADED = 'info: An extension changed and was loaded anew'

describe('folders of extensions', () => {
  test('may be links, and an entry is a file', async t => {
    const shelf = new Shelf(t, {
      'elsewhere/index.ts': GAME,
      'elsewhere/words.ts': word('linked'),
      'extensions/strange/index.ts/index.ts': GAME,
      'extensions/notes.txt': '',
    })
    symlinkSync(join(shelf.root, 'elsewhere'), join(shelf.dir, 'game'), 'dir')
    const sources = await shelf.open(t, false).load(new Set())
    assert.deepEqual(
      sources.map(source => [source.name, wordOf(source)]),
      [['game', 'linked']],
    )
  })

  test('do not count where the configuration defines an extension of that name', async t => {
    const shelf = new Shelf(t, { 'extensions/game/index.ts': 'throw new Error("not to be loaded")' })
    const game = defineExtension({ init: () => 'defined' })
    const sources = await shelf.open(t, false, { game }).load(new Set(['game']))
    assert.deepEqual(sources.map(wordOf), ['defined'])
  })
})

describe('an extension is loaded anew', () => {
  test('when a file outside of its folder changes that it imports', async t => {
    const shelf = new Shelf(t, {
      'extensions/game/index.ts': GAME.replace('./words.ts', '../../common/words.ts'),
      'common/words.ts': word('one'),
      'common/other.ts': '',
    })
    const folders = shelf.open(t)
    const sources = await folders.load(new Set(['game']))
    assert.deepEqual(sources.map(wordOf), ['one'])
    folders.watch(shelf.replace)
    shelf.write('common/other.ts', '// nobody imports it')
    shelf.write('common/words.ts', 'export const word = ')
    await shelf.after(1)
    shelf.write('common/words.ts', word('two'))
    assert.deepEqual(await shelf.after(2), ['two'])
    assert.deepEqual(shelf.log, [
      'error: An extension changed and does not load; the old one goes on',
      RELOADED,
    ])
  })

  test('when a file changes that only a later version imports', async t => {
    const shelf = new Shelf(t, { 'extensions/game/index.ts': GAME, 'extensions/game/words.ts': word('own') })
    const folders = shelf.open(t)
    await folders.load(new Set(['game']))
    folders.watch(shelf.replace)
    shelf.write('common/words.ts', word('one'))
    shelf.write('extensions/game/words.ts', "export { word } from '../../common/words.ts'\n")
    await shelf.after(1)
    shelf.write('common/words.ts', word('two'))
    assert.deepEqual(await shelf.after(2), ['one', 'two'])
  })

  test('when its folder was away for a while', async t => {
    const shelf = new Shelf(t, { 'extensions/game/index.ts': GAME, 'extensions/game/words.ts': word('one') })
    const folders = shelf.open(t)
    await folders.load(new Set(['game']))
    folders.watch(shelf.replace)
    renameSync(join(shelf.dir, 'game'), join(shelf.root, 'away'))
    await shelf.after(1)
    shelf.write('away/words.ts', word('two'))
    renameSync(join(shelf.root, 'away'), join(shelf.dir, 'game'))
    assert.deepEqual(await shelf.after(2), ['two'])
    shelf.write('extensions/game/words.ts', word('three'))
    assert.deepEqual(await shelf.after(3), ['two', 'three'])
  })

  test('when a file changed while the extensions started', async t => {
    const shelf = new Shelf(t, { 'extensions/game/index.ts': GAME, 'extensions/game/words.ts': word('one') })
    const folders = shelf.open(t)
    await folders.load(new Set(['game']))
    shelf.write('extensions/game/words.ts', word('two'))
    await new Promise(resolve => setTimeout(resolve, 300))
    assert.deepEqual(shelf.log, [], 'nothing is loaded before the first version has started')
    folders.watch(shelf.replace)
    assert.deepEqual(await shelf.after(1), ['two'])
  })

  test('through a link to its folder', async t => {
    const shelf = new Shelf(t, { 'elsewhere/index.ts': GAME, 'elsewhere/words.ts': word('one') })
    symlinkSync(join(shelf.root, 'elsewhere'), join(shelf.dir, 'game'), 'dir')
    const folders = shelf.open(t)
    await folders.load(new Set(['game']))
    folders.watch(shelf.replace)
    shelf.write('elsewhere/words.ts', word('two'))
    assert.deepEqual(await shelf.after(1), ['two'])
  })

  test('and the log tells when it does not start', async t => {
    const shelf = new Shelf(t, { 'extensions/game/index.ts': GAME, 'extensions/game/words.ts': word('one') })
    const folders = shelf.open(t)
    await folders.load(new Set(['game']))
    folders.watch(shelf.replace)
    shelf.outcome = { started: 0, failed: 1 }
    shelf.write('extensions/game/words.ts', word('two'))
    await shelf.after(1)
    assert.deepEqual(shelf.log, ['error: An extension changed and does not start; the old one goes on there'])
  })
})
