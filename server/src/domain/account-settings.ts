/** What a new account must look like. Lengths are in characters. */
export interface AccountRules {
  readonly minNameChars: number
  readonly maxNameChars: number
  /** A regular expression that the whole name must fit. */
  readonly namePattern: string
  readonly minPasswordChars: number
  readonly maxPasswordChars: number
  readonly emailRequired: boolean
  /** Further keys that a client may give to its account. */
  readonly extraFields: readonly string[]
}

/** What is too much. Refusals are counted; 0 is no limit. */
export interface AccountLimits {
  /** Logins that fail, of one address, within `failureMinutes`. */
  readonly failuresPerAddress: number
  /** Logins that fail, to one account, within `failureMinutes`. */
  readonly failuresPerAccount: number
  readonly failureMinutes: number
  /** Requests of the sign-up assistant, of one address, within an hour. */
  readonly requestsPerAddress: number
  /** Mails to one account within an hour. */
  readonly mailsPerAccount: number
}

/** How the sign-up assistant writes to users. */
export interface AccountMailSettings {
  /** A new account is confirmed with a code that is sent to its address, before it can log in. */
  readonly confirm: boolean
  /** How long that takes at most; then name and address are free again. */
  readonly confirmHours: number
  /** A forgotten password is replaced with a code that is sent to the address of its account. */
  readonly recover: boolean
  readonly recoverMinutes: number
  /** Subjects and texts of the mails; `{name}`, `{code}` and `{zone}` stand for what they say. */
  readonly confirmSubject: string
  readonly confirmText: string
  readonly recoverSubject: string
  readonly recoverText: string
}

/** The keys under which clients send the fields of an account. */
export interface AccountFieldNames {
  readonly name: string
  readonly password: string
  readonly newPassword: string
  readonly email: string
  readonly code: string
}

/** Accounts, as a zone has them. */
export interface AccountSettings {
  /** Who logs in with a name needs an account. Guests are let in as the zone says. */
  readonly login: boolean
  /** Clients may make accounts, confirm them, and look after their passwords. */
  readonly signup: boolean
  /** Zones of one realm share their accounts; the name of the zone when empty. */
  readonly realm: string
  /** Clients may prove their passwords with MD5, as stock clients do; the server then keeps them encrypted. */
  readonly stockClients: boolean
  /** Passwords are taken as they are on lines that are not encrypted. */
  readonly plainLines: boolean
  /** A name must be written as it was signed up. */
  readonly caseSensitive: boolean
  /** A login with an unknown name is refused as one with a wrong password is, and recovery never says who is known. */
  readonly hideUnknownNames: boolean
  readonly rules: AccountRules
  readonly limits: AccountLimits
  readonly mail: AccountMailSettings
  readonly fields: AccountFieldNames
}

/** What holds where a zone does not say otherwise. */
export const DEFAULT_ACCOUNTS: AccountSettings = {
  login: false,
  signup: false,
  realm: '',
  stockClients: true,
  plainLines: false,
  caseSensitive: false,
  hideUnknownNames: false,
  rules: {
    minNameChars: 3,
    maxNameChars: 32,
    namePattern: '[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} _.-]*',
    minPasswordChars: 8,
    maxPasswordChars: 128,
    emailRequired: false,
    extraFields: [],
  },
  limits: {
    failuresPerAddress: 50,
    failuresPerAccount: 20,
    failureMinutes: 10,
    requestsPerAddress: 60,
    mailsPerAccount: 5,
  },
  mail: {
    confirm: false,
    confirmHours: 48,
    recover: false,
    recoverMinutes: 30,
    confirmSubject: 'Your account at {zone}',
    confirmText:
      'Welcome, {name}!\n\nThis code confirms your account at {zone}:\n\n  {code}\n\nIf you made none, do nothing.\n',
    recoverSubject: 'A new password for {zone}',
    recoverText:
      'Hello {name},\n\nwith this code you can choose a new password for your account at {zone}:\n\n  {code}\n\nIf you did not ask for it, do nothing: your password stays as it is.\n',
  },
  fields: {
    name: 'username',
    password: 'password',
    newPassword: 'newPassword',
    email: 'email',
    code: 'code',
  },
}

/** The realm of a zone, whether it uses accounts or not. */
export function realmOf(zone: {
  readonly name: string
  readonly accounts?: AccountSettings | undefined
}): string {
  return zone.accounts?.realm || zone.name
}
