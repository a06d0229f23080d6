import assert from 'node:assert/strict'
import { SFSObject } from '@warren/codec'
import type { Mail } from '../../src/accounts/mailer.ts'
import { type AccountSettings, DEFAULT_ACCOUNTS } from '../../src/domain/account-settings.ts'
import { passwordProof } from '../../src/session/token.ts'
import { type Cast, Stage, type Visitor } from '../extension/support/stage.ts'

export const PASSWORD = 'it is not easy'

/** Settings of accounts, group by group. */
export type AccountOverrides = {
  readonly [K in keyof AccountSettings]?: AccountSettings[K] extends object
    ? Partial<AccountSettings[K]>
    : AccountSettings[K]
}

/** A server in memory whose zone has accounts; mails are kept. */
export async function accountStage(overrides: AccountOverrides = {}, cast: Cast = {}) {
  const mails: Mail[] = []
  const { rules, limits, mail, fields, ...own } = overrides
  const accounts: AccountSettings = {
    ...DEFAULT_ACCOUNTS,
    login: true,
    signup: true,
    plainLines: true,
    ...own,
    rules: { ...DEFAULT_ACCOUNTS.rules, ...rules },
    limits: { ...DEFAULT_ACCOUNTS.limits, ...limits },
    mail: { ...DEFAULT_ACCOUNTS.mail, ...mail },
    fields: { ...DEFAULT_ACCOUNTS.fields, ...fields },
  }
  const stage = await Stage.open({
    ...cast,
    zone: { accounts, ...cast.zone },
    accounts: {
      mailer: {
        send: async sent => {
          mails.push(sent)
        },
      },
      ...cast.accounts,
    },
  })
  return { stage, mails }
}

/** The reasons for refusals that were counted, how often. */
export function refusals(stage: Stage): Record<string, number> {
  return Object.fromEntries(stage.server.counters.refusals)
}

/** Lets the server go on until something holds: hashes are made in other threads. */
export async function until(stage: Stage, holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000; turn++) {
    if (holds()) return
    await stage.settle()
  }
  assert.fail('It did not come to pass')
}

/** Sends a login with the proof of a password, as a stock client does; waits for the answer. @returns the answer */
export async function logIn(
  stage: Stage,
  visitor: Visitor,
  name: string,
  password: string,
  params?: SFSObject,
  zoneName = 'Test',
): Promise<string> {
  const handshake = visitor.line.heard.findLast(message => message.name === 'Handshake')
  assert.ok(handshake?.name === 'Handshake')
  const proof = params === undefined ? passwordProof(handshake.fields.token, password) : ''
  await visitor.logIn(name, { zoneName, password: proof, ...(params === undefined ? {} : { params }) })
  let heard: string[] = []
  await until(stage, () => {
    heard = [...heard, ...visitor.heard()]
    return heard.length > 0
  })
  return heard[0] ?? ''
}

/** Asks the sign-up assistant. @returns its answer */
export async function ask(
  stage: Stage,
  visitor: Visitor,
  command: string,
  fields: Readonly<Record<string, string>> | SFSObject,
): Promise<Record<string, unknown>> {
  let params = new SFSObject()
  if (fields instanceof SFSObject) params = fields
  else for (const [key, value] of Object.entries(fields)) params.putUtfString(key, value)
  visitor.told()
  visitor.send(`$SignUp.${command}`, params)
  let told: ReturnType<Visitor['told']> = []
  await until(stage, () => {
    told = [...told, ...visitor.told()]
    return told.length > 0
  })
  const [[answered, answer] = []] = told
  assert.equal(answered, `$SignUp.${command}`)
  return answer as Record<string, unknown>
}
