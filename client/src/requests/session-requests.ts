import type { Request, SFSObject } from '@warren/codec'
import { given, type Sender, type SFSRequest } from './request.ts'

/** Logs in to a zone; answered by `login` or `loginError`. */
export class LoginRequest implements SFSRequest {
  readonly #userName: string
  readonly #password: string
  readonly #params: SFSObject | undefined
  readonly #zoneName: string | undefined

  /**
   * @param userName  empty for a guest
   * @param zoneName  the zone of the configuration when left out
   */
  constructor(userName = '', password = '', params?: SFSObject, zoneName?: string) {
    this.#userName = userName
    this.#password = password
    this.#params = params
    this.#zoneName = zoneName
  }

  toMessage(sender: Sender): Request {
    const zoneName = this.#zoneName ?? sender.defaultZone
    if (zoneName === '')
      throw new TypeError('Name the zone to log in to, in the request or the configuration')
    const password = this.#password === '' ? '' : sender.passwordProof(this.#password)
    return {
      name: 'Login',
      fields: { zoneName, userName: this.#userName, password, ...given({ params: this.#params }) },
    }
  }
}

/** Logs out; the connection stays. Answered by `logout`. */
export class LogoutRequest implements SFSRequest {
  toMessage(): Request {
    return { name: 'Logout', fields: {} }
  }
}
