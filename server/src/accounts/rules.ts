import type { AccountRules } from '../domain/account-settings.ts'
import type { AccountExtra } from './account.ts'
import { AccountError } from './refusals.ts'

/** What mail servers take at the most, in characters. */
const MAX_EMAIL = 254
/** What one account may keep in extra fields, in characters of JSON. */
const MAX_EXTRA = 8192
/** One sign @, no white space or brackets before it, names with a dot behind it. */
const EMAIL = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}$/u

/**
 * Whether a new account may be called so.
 * @returns the name in the form that is kept
 * @throws AccountError account-name-length, account-name-invalid
 */
export function checkedName(name: string, rules: AccountRules): string {
  const { minNameChars, maxNameChars, namePattern } = rules
  if (isOutside(name, minNameChars, maxNameChars)) {
    throw new AccountError('account-name-length', minNameChars, maxNameChars)
  }
  const plain = name.normalize('NFC')
  if (plain !== plain.trim() || !new RegExp(`^(?:${namePattern})$`, 'u').test(plain)) {
    throw new AccountError('account-name-invalid')
  }
  return plain
}

/** @throws AccountError account-password-length, account-password-is-name */
export function checkPassword(password: string, name: string, rules: AccountRules): void {
  const { minPasswordChars, maxPasswordChars } = rules
  if (isOutside(password, minPasswordChars, maxPasswordChars)) {
    throw new AccountError('account-password-length', minPasswordChars, maxPasswordChars)
  }
  if (password.toLowerCase() === name.toLowerCase()) throw new AccountError('account-password-is-name')
}

/** @returns the address; null for none @throws AccountError account-email-invalid, account-field-missing */
export function checkedEmail(email: string | undefined, isRequired: boolean, field: string): string | null {
  if (email === undefined || email === '') {
    if (isRequired) throw new AccountError('account-field-missing', field)
    return null
  }
  if (email.length > MAX_EMAIL || !EMAIL.test(email)) throw new AccountError('account-email-invalid')
  return email
}

/** @throws AccountError account-extra-too-large */
export function checkExtra(extra: AccountExtra): void {
  if (JSON.stringify(extra).length > MAX_EXTRA)
    throw new AccountError('account-extra-too-large', 'What is kept')
}

/** The length counts what people see as signs, near enough; texts far beyond are not counted. */
function isOutside(text: string, min: number, max: number): boolean {
  if (text.length > 2 * max) return true
  const length = Array.from(text).length
  return length < min || length > max
}
