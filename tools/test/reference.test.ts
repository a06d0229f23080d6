import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gapsOf, readReference } from '../build/reference.ts'

/** What lacks in a module of this text. */
async function gapsIn(t: TestContext, text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'warren-reference-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'index.ts')
  writeFileSync(file, text)
  const tsconfig = join(folder, 'tsconfig.json')
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions: { target: 'es2024' }, include: ['index.ts'] }))
  const { project } = await readReference([file], tsconfig)
  return gapsOf(project)
}

test('every public name of the client has a docstring, every function and class an example', async () => {
  const { project } = await readReference()
  assert.deepEqual(gapsOf(project), [])
})

test('public names without a docstring or an example are named', async t => {
  const gaps = await gapsIn(
    t,
    `/** Has one. @example done() */
    export function done(): void {}
    /** Has none. */
    export function half(): void {}
    export const bare = 1
    /** @internal */
    export const inner = 2
    /** A class. @example new Thing() */
    export class Thing {
      /** Told. */
      told = 1
      silent = 2
      #hidden = 3
      get got() {
        return this.#hidden
      }
      run(): void {}
    }
    export interface Shape { readonly any: number }`,
  )
  assert.deepEqual(gaps, [
    'Shape has no docstring',
    'Thing.got has no docstring',
    'Thing.run has no docstring',
    'Thing.silent has no docstring',
    'bare has no docstring',
    'half has no @example',
  ])
})
