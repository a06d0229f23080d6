import { type SFSObject, SFSType } from '@warren/codec'
import { t } from '@warren/codec/schema'
import type { AccountFieldNames, AccountSettings } from '../domain/account-settings.ts'
import { StoreUnavailable } from '../domain/store-unavailable.ts'
import type { User } from '../domain/user.ts'
import { CallError } from '../extension/call-error.ts'
import { type Call, defineExtension } from '../extension/definition.ts'
import type { AnyDefinition } from '../extension/instance.ts'
import type { AccountExtra } from './account.ts'
import { AccountError } from './refusals.ts'
import type { SignUp, SignUpAsker } from './sign-up.ts'

/** What the assistant is called among the extensions of a zone. */
export const SIGN_UP = '$SignUp'
/** The longest text that a field may be, in characters; most have narrower bounds of their own. */
const MAX_TEXT = 1000

/** Any params: what clients leave out or get wrong is refused with a code of ours. */
const request = {
  params: t.sfsObject(),
  response: {
    success: t.bool(),
    /** Of a new account: it waits for the code of a mail. */
    confirm: t.optional(t.bool()),
    errorCode: t.optional(t.int()),
    errorMessage: t.optional(t.string()),
  },
}

/** What clients ask the assistant. */
const REQUESTS = {
  '$SignUp.Submit': request,
  '$SignUp.Activate': request,
  '$SignUp.ResendEmail': request,
  '$SignUp.Recover': request,
  '$SignUp.Reset': request,
  '$SignUp.ChangePassword': request,
}

type Answer = {
  readonly success: boolean
  readonly confirm?: boolean
  readonly errorCode?: number
  readonly errorMessage?: string
}

/** What the extension works with, by zone. */
export interface SignUpDesk {
  readonly signUp: SignUp
  readonly settings: AccountSettings
  /** Who a user is to the assistant. */
  asker(user: User): SignUpAsker
  /** Counts a refusal, by its name. */
  refuse(reason: string): void
}

/**
 * The sign-up assistant as an extension of a zone, which stock clients call with their extension requests.
 * @param deskOf  the desk of a zone
 */
export function signUpExtension(deskOf: (zone: string) => SignUpDesk): AnyDefinition {
  return defineExtension({
    requests: REQUESTS,
    init({ zone, handle }) {
      const { signUp, settings, asker, refuse } = deskOf(zone.name)
      const { name, password, newPassword, email, code } = settings.fields
      type Work = (params: Fields, who: SignUpAsker) => Promise<{ confirm: boolean } | undefined>
      const answer =
        (work: Work) =>
        async ({ user, params }: Call<typeof request>): Promise<Answer> => {
          try {
            return { success: true, ...(await work(new Fields(params), asker(user))) }
          } catch (error) {
            const refused = refusalOf(error)
            if (refused === undefined) throw error
            refuse(refused.refusal)
            return { success: false, errorCode: refused.code, errorMessage: refused.message }
          }
        }
      handle({
        '$SignUp.Submit': answer(async (params, who) => {
          const draft = {
            name: params.text(name),
            password: params.text(password),
            email: params.optionalText(email),
            extra: params.extra(settings),
          }
          return { confirm: await signUp.submit(who, draft) }
        }),
        '$SignUp.Activate': answer((params, who) =>
          signUp.activate(who, params.text(name), params.text(code)),
        ),
        '$SignUp.ResendEmail': answer((params, who) => signUp.resend(who, params.who(settings.fields))),
        '$SignUp.Recover': answer((params, who) => signUp.recover(who, params.who(settings.fields))),
        '$SignUp.Reset': answer((params, who) =>
          signUp.reset(who, params.text(name), params.text(code), params.text(password)),
        ),
        '$SignUp.ChangePassword': answer((params, who) =>
          signUp.changePassword(who, params.text(password), params.text(newPassword)),
        ),
      })
    },
  })
}

/** What a client is told of an error; undefined for a fault of the server. */
function refusalOf(error: unknown): AccountError | undefined {
  if (error instanceof AccountError) return error
  if (error instanceof StoreUnavailable) return new AccountError('account-store-gone')
  return error instanceof CallError ? new AccountError('account-refused', error.message) : undefined
}

/** The fields of a request, as clients may send anything for them. */
class Fields {
  readonly #params: SFSObject

  constructor(params: SFSObject) {
    this.#params = params
  }

  /** @throws AccountError account-field-missing, account-extra-too-large */
  text(key: string): string {
    const text = this.optionalText(key)
    if (text === undefined || text === '') throw new AccountError('account-field-missing', key)
    return text
  }

  /** @throws AccountError account-field-missing, account-extra-too-large */
  optionalText(key: string): string | undefined {
    const given = this.#params.getValue(key)
    if (given === undefined || given.type === SFSType.NULL) return undefined
    if (given.type !== SFSType.UTF_STRING && given.type !== SFSType.TEXT) {
      throw new AccountError('account-field-missing', key)
    }
    if (given.value.length > MAX_TEXT) throw new AccountError('account-extra-too-large', key)
    return given.value
  }

  /** Whom a request is about: his name, or else his address. */
  who({ name, email }: AccountFieldNames): string {
    return this.optionalText(name) || this.text(email)
  }

  /** What a zone keeps beside name, password and address. @throws AccountError account-extra-too-large */
  extra({ rules }: AccountSettings): AccountExtra {
    const extra: Record<string, boolean | number | string> = Object.create(null)
    for (const key of rules.extraFields) {
      const given = this.#params.getValue(key)
      if (given === undefined || given.type === SFSType.NULL) continue
      const { value } = given
      if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new AccountError('account-extra-too-large', key)
      }
      if (typeof value === 'bigint') extra[key] = String(value)
      else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        extra[key] = value
      } else throw new AccountError('account-extra-too-large', key)
    }
    return { ...extra }
  }
}
