import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENTS = globSync('{*.md,docs/**/*.md}', { cwd: ROOT })

/** Targets of links and images that are files of the repository: `[file, anchor or empty]`. */
function linksOf(text: string): [string, string][] {
  const prose = text.replaceAll(/```.*?```/gs, '')
  return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), match => match[1] ?? '')
    .filter(target => !/^[a-z]+:/.test(target))
    .map(target => {
      const [file = '', anchor = ''] = target.split('#')
      return [file, anchor]
    })
}

/** The anchors of a document: those of its headings as GitHub makes them, and those set by hand. */
function anchorsOf(text: string): Set<string> {
  const headings = Array.from(text.matchAll(/^#+ (.*)$/gm), match => match[1] ?? '')
  const made = headings.map(heading =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...made, ...Array.from(text.matchAll(/<a id="([^"]+)"/g), match => match[1] ?? '')])
}

for (const document of DOCUMENTS) {
  test(`every link of ${document} leads to a file and a heading that are there`, () => {
    const path = resolve(ROOT, document)
    for (const [file, anchor] of linksOf(readFileSync(path, 'utf8'))) {
      const target = file === '' ? path : resolve(dirname(path), file)
      assert.ok(existsSync(target), `${file} is not there`)
      if (anchor === '' || !target.endsWith('.md')) continue
      assert.ok(anchorsOf(readFileSync(target, 'utf8')).has(anchor), `${file} has no heading #${anchor}`)
    }
  })
}
