import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/**
 * The first line of standard input. Where a person types it, it is asked for and not shown.
 * @returns empty when there is none
 */
export async function readSecret(prompt: string): Promise<string> {
  const { stdin, stderr } = process
  const isTyped = stdin.isTTY === true
  if (isTyped) stderr.write(prompt)
  // The terminal shows what is written to the output, which goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: isTyped })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (isTyped) stderr.write('\n')
  }
}
