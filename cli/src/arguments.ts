import { parseArgs } from 'node:util'
import { type Flags, OPTIONS } from '@warren/server/internal'

/** What the command line asks for. */
export type Command =
  | { readonly type: 'start' | 'check'; readonly file: string | undefined; readonly flags: Flags }
  | {
      readonly type: 'schema'
      readonly extension: string
      readonly file: string | undefined
      readonly flags: Flags
    }
  | { readonly type: 'import'; readonly from: string; readonly to: string | undefined }
  /** What stands behind `bench` is the load generator's own. */
  | { readonly type: 'bench'; readonly args: readonly string[] }
  | { readonly type: 'help' | 'version' }
  | { readonly type: 'mistake'; readonly message: string }

const COMMANDS = ['start', 'check', 'schema', 'import'] as const

/** Reads the arguments after the program's name. */
export function parseCommand(args: readonly string[]): Command {
  if (args[0] === 'bench') return { type: 'bench', args: args.slice(1) }
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        config: { type: 'string', short: 'c' },
        out: { type: 'string', short: 'o' },
        ...Object.fromEntries(OPTIONS.map(({ flag }) => [flag, { type: 'string' as const }])),
      },
    })
    const [name, ...words] = positionals
    if (values.help === true || name === 'help') return { type: 'help' }
    if (values.version === true) return { type: 'version' }
    if (name === undefined) {
      return args.length === 0
        ? { type: 'help' }
        : mistake('say what to do: start, check, schema, import or bench')
    }
    const type = COMMANDS.find(command => command === name)
    if (type === undefined)
      return mistake(`"${name}" is not a command; there are start, check, schema, import and bench`)
    const flags = flagsOf(values)
    const [surplus] = type === 'import' || type === 'schema' ? words.slice(1) : words
    if (surplus !== undefined) return mistake(`"${surplus}" is one word too many`)
    if (type !== 'import') {
      if (values.out !== undefined) return mistake(`${type} writes nothing, so --out says nothing`)
      if (type !== 'schema') return { type, file: values.config, flags }
      const [extension] = words
      if (extension === undefined) return mistake('say which extension')
      return { type, extension, file: values.config, flags }
    }
    const [from] = words
    if (from === undefined) return mistake('say which folder to import')
    const [foreign] = [...(values.config === undefined ? [] : ['config']), ...Object.keys(flags)]
    if (foreign !== undefined) return mistake(`import has no --${foreign}`)
    return { type, from, to: values.out }
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
