import { parseArgs } from 'node:util'
import { type Flags, OPTIONS } from '@warren/server/internal'

/** What the command line asks for. */
export type Command =
  | { readonly type: 'start' | 'check'; readonly file: string | undefined; readonly flags: Flags }
  | { readonly type: 'help' | 'version' }
  | { readonly type: 'mistake'; readonly message: string }

const COMMANDS = ['start', 'check'] as const

/** Reads the arguments after the program's name. */
export function parseCommand(args: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        config: { type: 'string', short: 'c' },
        ...Object.fromEntries(OPTIONS.map(({ flag }) => [flag, { type: 'string' as const }])),
      },
    })
    const [name, surplus] = positionals
    if (values.help === true || name === 'help') return { type: 'help' }
    if (values.version === true) return { type: 'version' }
    if (name === undefined) {
      return args.length === 0 ? { type: 'help' } : mistake('say what to do: start or check')
    }
    const type = COMMANDS.find(command => command === name)
    if (type === undefined) return mistake(`"${name}" is not a command; there are start and check`)
    if (surplus !== undefined) return mistake(`"${surplus}" is one word too many`)
    return { type, file: values.config, flags: flagsOf(values) }
  } catch (error) {
    return mistake(firstSentence(error))
  }
}

function flagsOf(values: Readonly<Record<string, string | boolean | undefined>>): Flags {
  const given = OPTIONS.flatMap(({ flag }) => {
    const value = values[flag]
    return typeof value === 'string' ? [[flag, value] as const] : []
  })
  return Object.fromEntries(given)
}

function mistake(message: string): Command {
  return { type: 'mistake', message }
}

/** `parseArgs` explains at length; its first sentence says what is wrong. */
function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split(/\.(?:\s|$)|\n/, 1)[0] ?? text
}
