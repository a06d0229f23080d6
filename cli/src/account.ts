import { type AccountApi, AccountError, type LoadedConfig, type ServerConfig } from '@warren/server'
import { problemLine, withAccounts } from '@warren/server/internal'

/** What can be done with accounts. */
export const ACCOUNT_ACTIONS = ['add', 'passwd', 'remove', 'list'] as const

export type AccountAction = (typeof ACCOUNT_ACTIONS)[number]

/** What `warren account` is to do. */
export interface AccountCommand {
  readonly action: AccountAction
  /** Of all but `list`. */
  readonly name: string
  /** Left out: the only zone with accounts. */
  readonly zone: string | undefined
  readonly email: string | undefined
  readonly privilege: keyof typeof PRIVILEGES | undefined
}

/** Whom an account makes of its user, in words. */
export const PRIVILEGES = { standard: 1, moderator: 2, administrator: 3 } as const

/** Where passwords come from and what is said goes to. */
interface Surroundings {
  out(text: string): void
  err(text: string): void
  /** A line of standard input, not shown while it is typed. @param prompt  for people */
  readSecret(prompt: string): Promise<string>
}

const PAGE = 500

/** Makes, changes, removes or lists accounts. @returns the exit code */
export async function account(
  command: AccountCommand,
  { config, problems }: LoadedConfig,
  around: Surroundings,
): Promise<number> {
  for (const problem of problems) around.err(`warren: ${problemLine(problem)}\n`)
  if (config === undefined) return 1
  const zone = zoneOf(config, command.zone)
  if (typeof zone === 'string') {
    around.err(`warren: ${zone}\n`)
    return 1
  }
  try {
    return await withAccounts(config, accounts =>
      ACTIONS[command.action]({ command, zone, accounts, around }),
    )
  } catch (error) {
    if (!(error instanceof Error)) throw error
    around.err(`warren: ${error.message}\n`)
    return 1
  }
}

/** An action with all that it works with. */
interface Task {
  readonly command: AccountCommand
  readonly zone: Parameters<AccountApi['find']>[0]
  readonly accounts: AccountApi
  readonly around: Surroundings
}

const ACTIONS: Readonly<Record<AccountAction, (task: Task) => Promise<number>>> = {
  async add({ command: { name, email = null, privilege = 'standard' }, zone, accounts, around }) {
    const password = await passwordFrom(around)
    await accounts.create(zone, { name, password, email, privilegeId: PRIVILEGES[privilege] })
    around.out(`${name} was added\n`)
    return 0
  },
  async passwd({ command: { name }, zone, accounts, around }) {
    if ((await accounts.find(zone, name)) === undefined) return unknown(name, around)
    await accounts.change(zone, name, { password: await passwordFrom(around) })
    around.out(`${name} has a new password\n`)
    return 0
  },
  async remove({ command: { name }, zone, accounts, around }) {
    if (!(await accounts.remove(zone, name))) return unknown(name, around)
    around.out(`${name} was removed\n`)
    return 0
  },
  async list({ zone, accounts, around }) {
    let after: string | undefined
    do {
      const page = await accounts.list(zone, { limit: PAGE, ...(after === undefined ? {} : { after }) })
      for (const { name, email, state, privilegeId } of page) {
        around.out(`${[name, email ?? '', state, privilegeId].join('\t')}\n`)
      }
      after = page.length < PAGE ? undefined : page.at(-1)?.name
    } while (after !== undefined)
    return 0
  },
}

async function passwordFrom(around: Surroundings): Promise<string> {
  const password = await around.readSecret('Password: ')
  if (password === '') throw new AccountError('account-field-missing', 'The password')
  return password
}

function unknown(name: string, around: Surroundings): number {
  around.err(`warren: there is no account ${name}\n`)
  return 1
}

/** The zone that is meant; a sentence when that is not clear. */
function zoneOf({ zones }: ServerConfig, name: string | undefined): Task['zone'] | string {
  const withAccounts = zones.filter(({ accounts }) => accounts?.login || accounts?.signup)
  const found = name === undefined ? withAccounts : zones.filter(zone => zone.name === name)
  const [settings] = found
  if (settings !== undefined && found.length === 1) return { settings }
  if (name !== undefined) return `there is no zone ${name}`
  return settings === undefined
    ? 'no zone has accounts; see docs/guide/accounts.md'
    : `say which zone, with --zone: ${withAccounts.map(zone => zone.name).join(', ')}`
}
