import { readFileSync } from 'node:fs'
import { createServer, type LoadedConfig, loadConfig } from '@warren/server'
import { checkExtensions, extensionConfigSchema, problemLine } from '@warren/server/internal'
import { account } from './account.ts'
import { parseCommand } from './arguments.ts'
import { HELP } from './help.ts'
import { importInstallation } from './import.ts'
import { readyLine, welcome } from './ready.ts'

/** The exit code of what was asked to end before it was done. */
const INTERRUPTED = 130

/** What a command gets from its process. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Results, for programs. */
  out(text: string): void
  /** Everything else. */
  err(text: string): void
  /** A line of standard input, not shown while it is typed. @param prompt  for people */
  readSecret(prompt: string): Promise<string>
  /** Whether a person reads `err`. */
  readonly isTerminal: boolean
  /** Characters in a line of his terminal. */
  readonly columns?: number
  /** Fulfilled when the process is asked to end. */
  readonly ended: Promise<void>
}

/**
 * Carries out a command.
 * @returns the exit code: 0 for success, 1 for a problem, 2 for a command line that makes no sense
 */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const command = parseCommand(args)
  switch (command.type) {
    case 'help':
      around.out(HELP)
      return 0
    case 'version':
      around.out(`${version()}\n`)
      return 0
    case 'mistake':
      around.err(`warren: ${command.message}\nTry "warren --help".\n`)
      return 2
    case 'check':
      return check(await loadConfig({ ...around, ...command }), around)
    case 'schema':
      return schema(command.extension, await loadConfig({ ...around, ...command }), around)
    case 'bench':
      return bench(command.args, around)
    case 'account':
      return account(command, await loadConfig({ ...around, ...command }), around)
    case 'import':
      return importInstallation({ ...around, ...command })
    case 'start':
      return start(await loadConfig({ ...around, ...command }), around)
  }
}

async function check({ config, problems }: LoadedConfig, around: Surroundings): Promise<number> {
  for (const problem of problems) around.out(`${problemLine(problem)}\n`)
  const broken = config === undefined ? [] : await checkExtensions(config)
  for (const problem of broken) around.out(`extensions: ${problem}\n`)
  if (problems.length + broken.length === 0) {
    around.out(`No problems; zones: ${zoneNames({ config, problems })}\n`)
  }
  return config === undefined || broken.length > 0 ? 1 : 0
}

/** Prints the JSON Schema of an extension's `config.json`. */
async function schema(
  extension: string,
  { config, problems }: LoadedConfig,
  around: Surroundings,
): Promise<number> {
  for (const problem of problems) around.err(`warren: ${problemLine(problem)}\n`)
  if (config === undefined) return 1
  const found = await extensionConfigSchema(config, extension)
  if (found === undefined) {
    around.err(`warren: there is no extension "${extension}" that loads; try "warren check"\n`)
    return 1
  }
  around.out(`${JSON.stringify(found, undefined, 2)}\n`)
  return 0
}

async function start(loaded: LoadedConfig, around: Surroundings): Promise<number> {
  for (const problem of loaded.problems) around.err(`warren: ${problemLine(problem)}\n`)
  if (loaded.config === undefined) return 1
  const server = createServer(loaded.config)
  try {
    const listening = await server.start()
    around.out(readyLine(listening))
    if (around.isTerminal) around.err(welcome(loaded.config.host, listening))
  } catch (error) {
    around.err(`warren: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  await around.ended
  await server.stop()
  return 0
}

/** Loads a server; its processes end with this one. */
async function bench(args: readonly string[], around: Surroundings): Promise<number> {
  // Loaded when it is asked for: servers start without it.
  const generator = await import('@warren/bench')
  return Promise.race([generator.bench(args, around), around.ended.then(() => INTERRUPTED)])
}

function zoneNames({ config }: LoadedConfig): string {
  return config?.zones.map(zone => zone.name).join(', ') ?? ''
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return String((manifest as { readonly version: unknown }).version)
}
