import { z } from 'zod'
import { DEFAULT_ACCOUNTS as ACCOUNTS } from '../domain/account-settings.ts'
import { count, described, flag, shownText, text } from './fields.ts'

const { rules, limits, mail, fields } = ACCOUNTS

const chars = (sentence: string, max: number, preset: number) => count(sentence, 'characters', 1, max, preset)

const pattern = z.string().min(1).max(500).refine(isPattern, { error: 'is no regular expression' })

const rulesSchema = z
  .strictObject({
    minNameChars: chars('The shortest name.', 255, rules.minNameChars),
    maxNameChars: chars('The longest name.', 255, rules.maxNameChars),
    namePattern: described(
      pattern,
      'A regular expression of JavaScript that the whole name must fit, with the flag u.',
    ).default(rules.namePattern),
    minPasswordChars: chars('The shortest password.', 255, rules.minPasswordChars),
    maxPasswordChars: chars('The longest password.', 255, rules.maxPasswordChars),
    emailRequired: flag(
      'Whether an account needs an e-mail address; one that is to be confirmed always does.',
      rules.emailRequired,
    ),
    extraFields: described(
      z.array(z.string().min(1).max(255)).max(50),
      'Further keys that a client may give to its account: texts, numbers and booleans.',
    ).default([...rules.extraFields]),
  })
  .describe('What a new account must look like.')

const allowance = (sentence: string, unit: string, preset: number) =>
  count(`${sentence} 0 does not count.`, unit, 0, 1_000_000, preset)

const limitsSchema = z
  .strictObject({
    failuresPerAddress: allowance(
      'Logins of one address that may fail within failureMinutes.',
      'logins',
      limits.failuresPerAddress,
    ),
    failuresPerAccount: allowance(
      'Logins to one account that may fail within failureMinutes.',
      'logins',
      limits.failuresPerAccount,
    ),
    failureMinutes: count('How long a failed login counts.', 'minutes', 1, 1440, limits.failureMinutes),
    requestsPerAddress: allowance(
      'Requests of the sign-up assistant from one address within an hour.',
      'requests',
      limits.requestsPerAddress,
    ),
    mailsPerAccount: allowance('Mails to one account within an hour.', 'mails', limits.mailsPerAccount),
  })
  .describe('What is too much. Each refusal is counted.')

const mailSchema = z
  .strictObject({
    confirm: flag(
      'Whether a new account is confirmed with a code that is sent to its e-mail address.',
      mail.confirm,
    ),
    confirmHours: count(
      'How long that may take; then name and address are free again.',
      'hours',
      1,
      8760,
      mail.confirmHours,
    ),
    recover: flag(
      'Whether a forgotten password is replaced with a code that is sent to the address of the account.',
      mail.recover,
    ),
    recoverMinutes: count('How long such a code is good.', 'minutes', 1, 1440, mail.recoverMinutes),
    confirmSubject: shownText(
      'The subject of the mail that confirms; {zone}, {name} and {code} may stand in it.',
      mail.confirmSubject,
      200,
    ),
    confirmText: shownText('Its text, with the same.', mail.confirmText, 10_000),
    recoverSubject: shownText('The subject of the mail for a forgotten password.', mail.recoverSubject, 200),
    recoverText: shownText('The text of that mail.', mail.recoverText, 10_000),
  })
  .describe('What is sent by mail. How it is sent, the configuration of the server says under mail.')

const field = (sentence: string, preset: string) => text(sentence).default(preset)

const fieldsSchema = z
  .strictObject({
    name: field('The name of the account.', fields.name),
    password: field('The password.', fields.password),
    newPassword: field('The new password, where there is an old one.', fields.newPassword),
    email: field('The e-mail address.', fields.email),
    code: field('The code of a mail.', fields.code),
  })
  .describe('The keys under which clients send what they ask the sign-up assistant.')

/** `accounts` of a zone. */
export const accountSchema = z
  .strictObject({
    login: flag(
      'Whether who logs in with a name needs an account; guests are let in as the zone says.',
      ACCOUNTS.login,
    ),
    signup: flag(
      'Whether clients may make accounts and look after their passwords, by $SignUp requests to the zone.',
      ACCOUNTS.signup,
    ),
    realm: described(
      z.string().max(255),
      'Zones of one realm share their accounts. Left out: the zone has its own, under its name.',
    ).default(ACCOUNTS.realm),
    stockClients: flag(
      'Whether clients may prove their passwords with MD5, as stock clients do. The server then keeps passwords encrypted too, with WARREN_ACCOUNTS_KEY of its environment.',
      ACCOUNTS.stockClients,
    ),
    plainLines: flag(
      'Whether passwords that are sent as they are, at a sign-up for instance, are taken on lines that are not encrypted.',
      ACCOUNTS.plainLines,
    ),
    caseSensitive: flag(
      'Whether a name must be written at the login as it was signed up.',
      ACCOUNTS.caseSensitive,
    ),
    hideUnknownNames: flag(
      'Whether nobody is told that there is no account of a name: a login fails as with a wrong password.',
      ACCOUNTS.hideUnknownNames,
    ),
    rules: rulesSchema.prefault({}),
    limits: limitsSchema.prefault({}),
    mail: mailSchema.prefault({}),
    fields: fieldsSchema.prefault({}),
  })
  .describe('Accounts of users, kept in the database.')

function isPattern(written: string): boolean {
  try {
    new RegExp(`^(?:${written})$`, 'u')
    return true
  } catch {
    return false
  }
}
