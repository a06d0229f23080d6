import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Code of a guide. */
export interface Snippet {
  readonly language: string
  readonly code: string
  /** Where the guide says that it belongs: the paragraph before is a file name and a colon. */
  readonly file: string | undefined
  /** Where its code begins, from 1. */
  readonly line: number
}

const FENCE = /^```(\w*)$/
const FILE = /^`([\w./-]+)`:$/

/** All code blocks of a guide in `docs/guide`, in order. */
export function snippetsOf(guide: string): Snippet[] {
  const path = fileURLToPath(new URL(`../docs/guide/${guide}`, import.meta.url))
  const lines = readFileSync(path, 'utf8').split('\n')
  const snippets: Snippet[] = []
  for (let index = 0; index < lines.length; index++) {
    const language = FENCE.exec(lines[index] ?? '')?.[1]
    if (language === undefined) continue
    const end = lines.indexOf('```', index + 1)
    if (end < 0) throw new Error(`${guide}:${index + 1} opens code that does not end`)
    const before = lines.slice(0, index).findLast(line => line.trim() !== '') ?? ''
    const code = `${lines.slice(index + 1, end).join('\n')}\n`
    snippets.push({ language, code, file: FILE.exec(before)?.[1], line: index + 2 })
    index = end
  }
  return snippets
}

/** What a fragment finds around it: the names of the package, and what `init` of an extension gets. */
const AROUND = [
  "import { RequestError, SFSArray, SFSObject, refuseCall, refuseLogin, t } from '@warren/server';",
  "import type { Extension } from '@warren/server';",
  "declare const extension: Extension<{}, {}, 'zone', {}>;",
  'export async function fragment(): Promise<void> {',
].join(' ')

/** A snippet as a module of its own, its lines as they are there. */
export function moduleOf({ code }: Snippet): string {
  return /^(import|export) /m.test(code) ? code : `${AROUND} ${code}}\n`
}
