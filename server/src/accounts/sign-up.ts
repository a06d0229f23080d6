import { type AccountSettings, realmOf } from '../domain/account-settings.ts'
import type { ZoneSettings } from '../domain/settings.ts'
import { type AccountExtra, accountKey, nameKey, type StoredAccount } from './account.ts'
import type { Accounts } from './accounts.ts'
import { addressBlock } from './address-block.ts'
import type { Allowances } from './allowances.ts'
import type { CodePurpose } from './codes.ts'
import type { Mailer } from './mailer.ts'
import type { PostRoom } from './post-room.ts'
import { AccountError } from './refusals.ts'
import { checkExtra, checkedEmail, checkedName, checkPassword } from './rules.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Who asks the sign-up assistant. */
export interface SignUpAsker {
  /** The address of his line. */
  readonly address: string
  /** Nobody on the way can read what he sends. */
  readonly isEncrypted: boolean
  /** The name of the account that he is logged in to; undefined for a guest. */
  readonly account: string | undefined
  readonly userId: number
}

/** What a client wants an account to be. */
export interface SignUpDraft {
  readonly name: string
  readonly password: string
  readonly email: string | undefined
  readonly extra: AccountExtra
}

/** An account that is about to be made, as extensions are asked about it. */
export type SignUpApplication = Omit<SignUpDraft, 'password' | 'email'> & { readonly email: string | null }

/** A zone whose users sign up. */
export type SignUpZone = Pick<ZoneSettings, 'name' | 'guestUserNamePrefix'> & {
  readonly accounts: AccountSettings
}

/** What the sign-up assistant of a zone works with. */
export interface SignUpParts {
  readonly accounts: Accounts
  /** Counts requests and mails. */
  readonly requests: Allowances
  /** Counts wrong passwords and codes, together with logins that fail. */
  readonly failures: Allowances
  readonly mailer: Mailer | undefined
  readonly postRoom: PostRoom
  readonly now: () => number
  /** Whether the zone's word filter objects to a name. */
  hasBadWords(name: string): boolean
  /** What others have to say about a new account. @throws what they refuse it with */
  ask(application: SignUpApplication): Promise<void>
  /** An account has a new password: whoever is in with the old one has to go. @param spared  the id of who set it */
  endSessions(account: string, spared: number): void
  /** An account was made, or confirmed. */
  tell(event: 'accountAdded' | 'accountConfirmed', account: StoredAccount): void
}

/** What users of a zone may do with accounts, theirs above all. Every method throws AccountError for what it refuses. */
export class SignUp {
  readonly #zone: SignUpZone
  readonly #realm: string
  readonly #settings: AccountSettings
  readonly #parts: SignUpParts

  constructor(zone: SignUpZone, parts: SignUpParts) {
    this.#zone = zone
    this.#realm = realmOf(zone)
    this.#settings = zone.accounts
    this.#parts = parts
  }

  /** Makes an account. @returns whether it has to be confirmed */
  async submit(asker: SignUpAsker, draft: SignUpDraft): Promise<boolean> {
    this.#admit(asker)
    this.#checkLine(asker)
    const { rules, mail, fields, stockClients } = this.#settings
    const name = checkedName(draft.name, rules)
    checkPassword(draft.password, name, rules)
    const email = checkedEmail(draft.email, rules.emailRequired || mail.confirm, fields.email)
    checkExtra(draft.extra)
    // Nobody knows such a name from that of a guest.
    if (nameKey(name).startsWith(nameKey(this.#zone.guestUserNamePrefix))) {
      throw new AccountError('account-name-invalid')
    }
    if (this.#parts.hasBadWords(name)) throw new AccountError('account-name-bad-words')
    await this.#parts.ask({ name, email, extra: draft.extra })
    const state = mail.confirm ? 'unconfirmed' : 'active'
    const account = await this.#parts.accounts.add(
      this.#realm,
      { name, password: draft.password, email, state, privilegeId: 1, extra: draft.extra },
      { sealed: stockClients, staleBefore: this.#parts.now() - mail.confirmHours * HOUR },
    )
    this.#parts.tell('accountAdded', account)
    if (mail.confirm) this.#post('confirm', async () => account)
    return mail.confirm
  }

  /** Confirms an account with the code of a mail. */
  async activate(asker: SignUpAsker, name: string, code: string): Promise<undefined> {
    this.#admit(asker)
    await this.#guess(name, () => this.#parts.accounts.confirm(this.#realm, name, code), 'account-code-wrong')
    const account = await this.#parts.accounts.find(this.#realm, name)
    if (account !== undefined) this.#parts.tell('accountConfirmed', account)
  }

  /** Sends the mail with the code for a new account again, with another code. @param who  name or address */
  async resend(asker: SignUpAsker, who: string): Promise<undefined> {
    this.#admit(asker)
    if (!this.#settings.mail.confirm) throw new AccountError('account-mail-off')
    await this.#postTo('confirm', who, ({ state }) => {
      if (state === 'active') throw new AccountError('account-active')
    })
  }

  /** Sends a mail with a code for a new password. @param who  name or address */
  async recover(asker: SignUpAsker, who: string): Promise<undefined> {
    this.#admit(asker)
    if (!this.#settings.mail.recover) throw new AccountError('account-mail-off')
    await this.#postTo('recover', who, () => undefined)
  }

  /** Sets a new password with the code of a mail. Whoever is logged in to the account has to go. */
  async reset(asker: SignUpAsker, name: string, code: string, password: string): Promise<undefined> {
    this.#admit(asker)
    this.#checkLine(asker)
    const { rules, stockClients } = this.#settings
    checkPassword(password, name, rules)
    const { accounts } = this.#parts
    await this.#guess(
      name,
      () => accounts.recover(this.#realm, name, code, password, stockClients),
      'account-code-wrong',
    )
    this.#parts.endSessions(name, asker.userId)
  }

  /** Sets a new password for whoever is logged in and knows the old one; others who are in by it have to go. */
  async changePassword(asker: SignUpAsker, password: string, newPassword: string): Promise<undefined> {
    this.#admit(asker)
    this.#checkLine(asker)
    const { account: name } = asker
    if (name === undefined) throw new AccountError('account-not-logged-in')
    const { rules, stockClients } = this.#settings
    checkPassword(newPassword, name, rules)
    const { accounts } = this.#parts
    const account = await accounts.find(this.#realm, name)
    await this.#guess(name, () => accounts.hasPassword(account, password), 'account-password-wrong')
    await accounts.setPassword(this.#realm, name, newPassword, stockClients)
    this.#parts.endSessions(name, asker.userId)
  }

  /** @throws AccountError account-too-many-requests */
  #admit({ address }: SignUpAsker): void {
    const allowance = { max: this.#settings.limits.requestsPerAddress, millis: HOUR }
    if (!this.#parts.requests.take(`address ${addressBlock(address)}`, allowance)) {
      throw new AccountError('account-too-many-requests')
    }
  }

  /** @throws AccountError account-line-plain */
  #checkLine({ isEncrypted }: SignUpAsker): void {
    if (!isEncrypted && !this.#settings.plainLines) throw new AccountError('account-line-plain')
  }

  /** Tries what somebody may get wrong only so often. */
  async #guess(
    name: string,
    work: () => Promise<boolean>,
    wrong: 'account-code-wrong' | 'account-password-wrong',
  ): Promise<void> {
    const { failuresPerAccount: max, failureMinutes } = this.#settings.limits
    const allowance = { max, millis: failureMinutes * MINUTE }
    const key = `account ${accountKey(this.#realm, name)}`
    if (!this.#parts.failures.take(key, allowance)) throw new AccountError('account-too-many-requests')
    let isRight = false
    try {
      isRight = await work()
    } catch (error) {
      this.#parts.failures.giveBack(key, allowance)
      throw error
    }
    if (!isRight) throw new AccountError(wrong)
    this.#parts.failures.giveBack(key, allowance)
  }

  /** Sends a mail to somebody, if he is known. Where names are hidden nobody can tell whether he is. */
  async #postTo(purpose: CodePurpose, who: string, check: (account: StoredAccount) => void): Promise<void> {
    const find = () =>
      who.includes('@')
        ? this.#parts.accounts.findByEmail(this.#realm, who)
        : this.#parts.accounts.find(this.#realm, who)
    if (!this.#settings.hideUnknownNames) {
      const account = await find()
      if (account?.email == null) throw new AccountError('account-unknown-here')
      check(account)
      this.#post(purpose, async () => account)
      return
    }
    this.#post(purpose, async () => {
      const account = await find()
      if (account === undefined) return undefined
      try {
        check(account)
        return account
      } catch {
        return undefined
      }
    })
  }

  /** @throws AccountError account-mail-off, account-busy */
  #post(purpose: CodePurpose, find: () => Promise<StoredAccount | undefined>): void {
    const { mailer, postRoom } = this.#parts
    if (mailer === undefined) throw new AccountError('account-mail-off')
    let mail: Parameters<Mailer['send']>[0] | undefined
    const isTaken = postRoom.add(async () => {
      // Another try sends the same mail: a new code would make the one that got through after all worthless.
      mail ??= await this.#mail(purpose, await find())
      if (mail !== undefined) await mailer.send(mail)
    })
    if (!isTaken) throw new AccountError('account-busy')
  }

  async #mail(purpose: CodePurpose, account: StoredAccount | undefined) {
    if (account === undefined || account.email === null) return undefined
    const { mail, limits } = this.#settings
    const allowance = { max: limits.mailsPerAccount, millis: HOUR }
    if (!this.#parts.requests.take(`mail ${accountKey(this.#realm, account.name)}`, allowance))
      return undefined
    const { name, email } = account
    const millis = purpose === 'confirm' ? mail.confirmHours * HOUR : mail.recoverMinutes * MINUTE
    const code = await this.#parts.accounts.issueCode(this.#realm, name, purpose, millis)
    if (code === undefined) return undefined
    const say = (text: string) =>
      text.replaceAll(
        /\{(name|code|zone)\}/g,
        (_, key: 'name' | 'code' | 'zone') => ({ name, code, zone: this.#zone.name })[key],
      )
    const { confirmSubject, confirmText, recoverSubject, recoverText } = mail
    return purpose === 'confirm'
      ? { to: email, subject: say(confirmSubject), text: say(confirmText) }
      : { to: email, subject: say(recoverSubject), text: say(recoverText) }
  }
}
