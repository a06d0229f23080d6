import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'

/**
 * TypeScript files as browsers take them: without their types, lines and columns in place. Each is stripped once for
 * each version of the file.
 */
export class PageScripts {
  readonly #scripts = new Map<string, { readonly modifiedMillis: number; readonly script: string }>()

  /**
   * @returns undefined when there is no such file
   * @throws SyntaxError for one that is no TypeScript, or that needs more than stripping
   */
  async read(file: string): Promise<string | undefined> {
    const modifiedMillis = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    )
    if (modifiedMillis === undefined) return undefined
    const known = this.#scripts.get(file)
    if (known?.modifiedMillis === modifiedMillis) return known.script
    const script = stripTypeScriptTypes(await readFile(file, 'utf8'), { mode: 'strip' })
    this.#scripts.set(file, { modifiedMillis, script })
    return script
  }
}

const IMPORT_MAP = /<script type="importmap">([^<]*)<\/script>/g

/** The hashes by which a policy allows the import maps of a page, and no other inline script. */
export function importMapHashes(page: string): string[] {
  return Array.from(page.matchAll(IMPORT_MAP), ([, map = '']) => {
    const hash = createHash('sha256').update(map).digest('base64')
    return `'sha256-${hash}'`
  })
}
