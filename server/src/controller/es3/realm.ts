import type { LanguageFilter } from '../../domain/filter/language-filter.ts'
import type { User } from '../../domain/user.ts'
import type { Zone } from '../../domain/zone.ts'
import type { Zones } from '../../domain/zones.ts'
import { RequestError } from '../../errors.ts'
import { isSameSecret } from '../../session/token.ts'
import type { Account, ElectroSettings } from './settings.ts'

/** What a client writes that knows of no zone: SWF 7 makes a word of what is undefined. */
const NO_ZONE: ReadonlySet<string> = new Set(['', 'undefined'])

/** The zones that clients of ElectroServer 3 can enter, and who is who among them. */
export class Es3Realm {
  readonly settings: ElectroSettings
  /** What must not be said in these zones, by anybody. */
  readonly language: LanguageFilter
  readonly #zones: Zones
  readonly #moderators: Map<string, Account>
  readonly #administrators: ReadonlyMap<string, Account>

  constructor(settings: ElectroSettings, zones: Zones, language: LanguageFilter) {
    this.language = language
    this.settings = settings
    this.#zones = zones
    this.#moderators = byName(settings.moderators)
    this.#administrators = byName(settings.administrators)
  }

  /** All zones that can be entered, in the order of the configuration. */
  get zones(): readonly Zone[] {
    const { zones } = this.settings
    return [...this.#zones].filter(({ name }) => zones?.includes(name) ?? true)
  }

  /** The zone that a login enters. @throws RequestError zone-unknown */
  get home(): Zone {
    const { zone: name } = this.settings
    const [first] = this.zones
    const home = name === undefined ? first : this.#zones.zone(name)
    if (home === undefined) throw new RequestError('zone-unknown', name ?? '')
    return home
  }

  /** The zone that a client means. @param own  for one that names none. @throws RequestError zone-unknown */
  zone(name: string, own: Zone): Zone {
    if (NO_ZONE.has(name) || name === own.name) return own
    const zone = this.zones.find(each => each.name === name)
    if (zone === undefined) throw new RequestError('zone-unknown', name)
    return zone
  }

  /** Users of these zones whose name is that one, in upper or lower case. */
  *usersNamed(name: string): Iterable<User> {
    for (const zone of this.zones) yield* zone.usersNamedLike(name)
  }

  /**
   * Whether a newcomer may have a name: it belongs to one user of all these zones. Where a zone has it that newcomers
   * win, who has the name there is no objection.
   * @param except  who has it already and may keep it
   * @throws RequestError name-taken
   */
  checkName(name: string, zone: Zone, except?: User): void {
    for (const user of this.usersNamed(name)) {
      const goes = zone.settings.forceLogout && zone.userByName(name) === user
      if (user !== except && !goes) throw new RequestError('name-taken', name, user.zoneName)
    }
  }

  /** Whether somebody logs in as a moderator. @throws RequestError password-wrong */
  isModerator(name: string, password: string): boolean {
    const account = this.#moderators.get(name.toLowerCase())
    if (account === undefined) return false
    if (!isSameSecret(account.password, password)) throw new RequestError('password-wrong', name)
    return true
  }

  isAdministrator(name: string, password: string): boolean {
    const account = this.#administrators.get(name.toLowerCase())
    return account !== undefined && isSameSecret(account.password, password)
  }

  /** Until the server stops: the configuration is not changed. */
  addModerator(account: Account): void {
    this.#moderators.set(account.name.toLowerCase(), account)
  }

  /** @returns whether there was one */
  removeModerator(name: string): boolean {
    return this.#moderators.delete(name.toLowerCase())
  }

  get moderatorNames(): readonly string[] {
    return Array.from(this.#moderators.values(), ({ name }) => name)
  }
}

function byName(accounts: readonly Account[]): Map<string, Account> {
  return new Map(accounts.map(account => [account.name.toLowerCase(), account]))
}
