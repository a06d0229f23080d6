import { realmOf } from '../domain/account-settings.ts'
import { type ConfigProblem, error, warning } from './problem.ts'
import type { Secrets } from './secrets.ts'
import type { ZoneSource } from './zone-files.ts'

/** Whether accounts have what they need. @param hasMail  the server can send mail */
export function checkAccounts(
  zones: readonly ZoneSource[],
  hasMail: boolean,
  { accountKeys }: Secrets,
  problems: ConfigProblem[],
): void {
  for (const { file, zone } of zones) {
    const { accounts } = zone
    if (accounts === undefined || !(accounts.login || accounts.signup)) continue
    if (accounts.stockClients && accountKeys === undefined) {
      const message =
        'needs the key WARREN_ACCOUNTS_KEY in the environment: clients prove their passwords with MD5, so that the server must keep them, encrypted; "openssl rand -base64 32" makes one'
      problems.push(error(file, 'accounts.stockClients', message))
    }
    const { rules, mail, signup } = accounts
    if (signup && !hasMail && (mail.confirm || mail.recover)) {
      const key = mail.confirm ? 'confirm' : 'recover'
      problems.push(error(file, `accounts.mail.${key}`, 'needs mail in the configuration of the server'))
    }
    if (rules.minNameChars > rules.maxNameChars) {
      problems.push(error(file, 'accounts.rules.minNameChars', 'is more than maxNameChars'))
    }
    if (rules.minPasswordChars > rules.maxPasswordChars) {
      problems.push(error(file, 'accounts.rules.minPasswordChars', 'is more than maxPasswordChars'))
    }
    if (accounts.plainLines && !zone.isEncrypted) {
      const message = 'lets passwords travel so that everybody on the way can read them'
      problems.push(warning(file, 'accounts.plainLines', message, 'false'))
    }
  }
  checkRealms(zones, problems)
}

/** What is kept of a password is one thing for all zones of a realm. */
function checkRealms(zones: readonly ZoneSource[], problems: ConfigProblem[]): void {
  const first = new Map<string, ZoneSource>()
  for (const source of zones) {
    const { accounts } = source.zone
    if (accounts === undefined || !(accounts.login || accounts.signup)) continue
    const realm = realmOf(source.zone)
    const other = first.get(realm)
    if (other === undefined) first.set(realm, source)
    else if (other.zone.accounts?.stockClients !== accounts.stockClients) {
      const message = `differs from that of ${other.zone.name}, which shares its accounts`
      problems.push(error(source.file, 'accounts.stockClients', message))
    }
  }
}
