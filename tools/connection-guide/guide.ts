import { fileURLToPath } from 'node:url'
import { CASES } from './cases.ts'
import { type Outcome, Stage } from './stage.ts'

/** The guide that the cases stand in. */
export const GUIDE = fileURLToPath(new URL('../../docs/guide/connection.md', import.meta.url))

const MARKED = /<!-- case ([\w-]+) -->\n(?:[\s\S]*?)<!-- \/case -->/g

/** The names of the cases of a guide, in order. */
export function casesOf(guide: string): string[] {
  return Array.from(guide.matchAll(MARKED), ([, name = '']) => name)
}

/** Has everything go wrong, on a server of its own. @returns what both sides say, by the name of the case */
export async function play(names: readonly string[] = Object.keys(CASES)): Promise<Map<string, Outcome>> {
  const stage = await Stage.open()
  const outcomes = new Map<string, Outcome>()
  try {
    for (const name of names) {
      const happen = CASES[name]
      if (happen === undefined) throw new Error(`There is no case ${name}`)
      outcomes.set(name, await stage.play(happen))
    }
  } finally {
    await stage.close()
  }
  return outcomes
}

/** A guide with what both sides say, side by side, in place of what stood there. */
export function withOutcomes(guide: string, outcomes: ReadonlyMap<string, Outcome>): string {
  return guide.replace(MARKED, (was, name: string) => {
    const outcome = outcomes.get(name)
    return outcome === undefined ? was : `<!-- case ${name} -->\n${table(outcome)}\n<!-- /case -->`
  })
}

function table({ client, server }: Outcome): string {
  return `| Events of the client | Log of the server |\n|---|---|\n| ${cell(client)} | ${cell(server)} |`
}

function cell(lines: readonly string[]): string {
  return lines.length === 0 ? 'nothing' : lines.map(line => `\`${line.replaceAll('|', '\\|')}\``).join('<br>')
}
