import type { Calendar, Clock, Scheduler } from '../clock.ts'
import { realmOf } from '../domain/account-settings.ts'
import type { ZoneSettings } from '../domain/settings.ts'
import type { User } from '../domain/user.ts'
import type { ExtensionSource } from '../extension/instance.ts'
import type { LoginHook } from '../extension/login.ts'
import { type Account, type AccountStore, accountKey, publicAccount } from './account.ts'
import { Accounts } from './accounts.ts'
import { Allowances } from './allowances.ts'
import { type HashCost, PasswordHashing } from './hashing.ts'
import { ACCOUNT_PROPERTY, accountLogin } from './login.ts'
import type { Mailer } from './mailer.ts'
import { PostRoom } from './post-room.ts'
import type { SealingKeys } from './sealing.ts'
import { SignUp, type SignUpApplication, type SignUpAsker, type SignUpZone } from './sign-up.ts'
import { SIGN_UP, type SignUpDesk, signUpExtension } from './sign-up-extension.ts'

const PASSWORD_CHANGED = 'The password of the account was changed'

/** What accounts get from outside of the server's core. */
export interface AccountSurroundings {
  readonly store: AccountStore
  readonly cost: HashCost
  readonly keys: SealingKeys | undefined
  readonly mailer: Mailer | undefined
  /** Writes what nobody waits for. */
  writeLater(key: string, write: () => Promise<void>): void
}

/** What the assistants ask of the server. */
export interface AssistantParts {
  readonly clock: Clock
  readonly calendar: Calendar
  readonly scheduler: Scheduler
  refuse(reason: string): void
  /** A mail was not sent. */
  onMailFailure(error: Error): void
  /** The line of a user. */
  lineOf(user: User): { readonly address: string; readonly isEncrypted: boolean }
  hasBadWords(zone: string, name: string): boolean
  /** Asks the extensions of a zone. @throws what they refuse a new account with */
  ask(zone: string, application: SignUpApplication): Promise<void>
  tell(zone: string, event: 'accountAdded' | 'accountConfirmed', account: Account): void
  /** Sends users of all zones away, with their sessions. @param reason  what they are told */
  sendAway(reason: string, isMeant: (user: User, zone: ZoneSettings) => boolean): void
}

/** The login and the sign-up assistant of all zones. */
export class AccountAssistants {
  readonly accounts: Accounts
  readonly postRoom: PostRoom
  readonly #surroundings: AccountSurroundings
  readonly #parts: AssistantParts
  /** Logins and codes that were wrong. */
  readonly #failures: Allowances
  readonly #requests: Allowances

  constructor(surroundings: AccountSurroundings, parts: AssistantParts) {
    const { cost, ...rest } = surroundings
    this.#surroundings = surroundings
    this.#parts = parts
    this.accounts = new Accounts({ ...rest, ...parts, hashing: new PasswordHashing(cost) })
    this.postRoom = new PostRoom(parts.scheduler, { onFailure: error => parts.onMailFailure(error) })
    this.#failures = new Allowances(parts.clock)
    this.#requests = new Allowances(parts.clock)
  }

  /** Who decides about the logins of zones with accounts, by zone. */
  loginHooks(zones: readonly ZoneSettings[]): ReadonlyMap<string, LoginHook> {
    const parts = {
      accounts: this.accounts,
      failures: this.#failures,
      refuse: (reason: string) => this.#parts.refuse(reason),
    }
    const withLogin = zones.flatMap(({ name, accounts }) => (accounts?.login ? [{ name, accounts }] : []))
    return new Map(withLogin.map(zone => [zone.name, accountLogin(zone, parts)]))
  }

  /** Zones with the sign-up assistant run it before all other extensions. */
  withSignUp(zone: ZoneSettings): ZoneSettings {
    if (!zone.accounts?.signup) return zone
    return { ...zone, extensions: [{ name: SIGN_UP, config: {} }, ...zone.extensions] }
  }

  /** The sign-up assistant, as the extension that these zones run; none where no zone does. */
  sources(zones: readonly ZoneSettings[]): ExtensionSource[] {
    const desks = new Map(
      zones.flatMap(({ name, guestUserNamePrefix, accounts }) =>
        accounts?.signup ? [[name, this.#desk({ name, guestUserNamePrefix, accounts })] as const] : [],
      ),
    )
    if (desks.size === 0) return []
    const definition = signUpExtension(zone => {
      const desk = desks.get(zone)
      if (desk === undefined) throw new Error(`The zone ${zone} has no sign-up`)
      return desk
    })
    return [{ name: SIGN_UP, definition, config: {} }]
  }

  #desk(zone: SignUpZone): SignUpDesk {
    const { hasBadWords, ask, tell } = this.#parts
    const signUp = new SignUp(zone, {
      accounts: this.accounts,
      requests: this.#requests,
      failures: this.#failures,
      mailer: this.#surroundings.mailer,
      postRoom: this.postRoom,
      now: () => this.#parts.calendar.date(),
      hasBadWords: name => hasBadWords(zone.name, name),
      ask: application => ask(zone.name, application),
      tell: (event, account) => tell(zone.name, event, publicAccount(account)),
      endSessions: (account, spared) => this.#endSessions(accountKey(realmOf(zone), account), spared),
    })
    return {
      signUp,
      settings: zone.accounts,
      asker: user => this.#asker(user),
      refuse: reason => this.#parts.refuse(reason),
    }
  }

  #asker(user: User): SignUpAsker {
    return { ...this.#parts.lineOf(user), account: accountOf(user)?.name, userId: user.id }
  }

  /** Ends what was begun with a password that holds no longer, in all zones that share the account. */
  #endSessions(key: string, spared: number): void {
    this.#parts.sendAway(PASSWORD_CHANGED, (user, zone) => {
      const account = accountOf(user)
      return account !== undefined && user.id !== spared && accountKey(realmOf(zone), account.name) === key
    })
  }
}

/** The account that a user logged in to. */
function accountOf(user: User): Account | undefined {
  return user.properties.get(ACCOUNT_PROPERTY) as Account | undefined
}
