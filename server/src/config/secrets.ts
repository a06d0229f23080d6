import { type ConfigProblem, error } from './problem.ts'

/** 32 bytes in base64 or hexadecimal; several with commas. */
const KEYS = /^\s*(?:[\da-f]{64}|[\w+/-]{43}=?)\s*(?:,\s*(?:[\da-f]{64}|[\w+/-]{43}=?)\s*)*$/i

/** What only the environment says, so that it stands in no file and in no list of processes. */
export interface Secrets {
  /** The keys of the passwords that are kept encrypted, the newest first. */
  readonly accountKeys?: string
  /** The password for the mail server. */
  readonly smtpPassword?: string
}

/** The variables, which are no flags. */
export const SECRET_VARIABLES = ['WARREN_ACCOUNTS_KEY', 'WARREN_SMTP_PASSWORD'] as const

/** Reads the secrets. What is wrong with one is said without it. An empty variable counts as absent. */
export function readSecrets(
  env: Readonly<Record<string, string | undefined>>,
  problems: ConfigProblem[],
): Secrets {
  const { WARREN_ACCOUNTS_KEY: accountKeys, WARREN_SMTP_PASSWORD: smtpPassword } = env
  if (accountKeys && !KEYS.test(accountKeys)) {
    const message = 'is no key: 32 random bytes in base64, as "openssl rand -base64 32" makes them'
    problems.push(error('WARREN_ACCOUNTS_KEY', '', message))
  }
  return {
    ...(accountKeys ? { accountKeys } : {}),
    ...(smtpPassword ? { smtpPassword } : {}),
  }
}
