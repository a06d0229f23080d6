import { type SFSObject, sessionRequests } from '@warren/codec'
import { given } from '../given.ts'
import { outgoing } from './outgoing.ts'
import { type Sender, SFSRequest } from './request.ts'

/**
 * Logs in to a zone; answered by `login` or `loginError` [P-6.2].
 * @example
 * sfs.send(new LoginRequest('Ann', 'secret', undefined, 'Games'))
 */
export class LoginRequest extends SFSRequest {
  /**
   * @param userName  empty for a guest
   * @param password  in clear; what is sent is a proof that the client knows it [P-8.1]
   * @param params  for the server's login hook
   * @param zoneName  the zone of the configuration when left out
   */
  constructor(userName = '', password = '', params?: SFSObject, zoneName?: string) {
    super(sender => {
      const zone = zoneName ?? sender.config.zone
      if (zone === '') throw new TypeError('Name the zone to log in to, in the request or the configuration')
      const message = (proof: string) =>
        outgoing(sessionRequests, 'Login', {
          zoneName: zone,
          userName,
          password: proof,
          ...given({ params }),
        })
      return password === '' ? message('') : proofOf(password, sender).then(message)
    })
  }
}

/** What proves that the client knows a password [P-8.1]. Loaded when it is needed: guests do without. */
async function proofOf(password: string, { sessionToken }: Sender): Promise<string> {
  return (await import('../password.ts')).passwordProof(sessionToken, password)
}

/**
 * Logs out; the connection stays. Answered by `logout`.
 * @example
 * sfs.send(new LogoutRequest())
 */
export class LogoutRequest extends SFSRequest {
  constructor() {
    super(() => outgoing(sessionRequests, 'Logout', {}))
  }
}

/**
 * Asks for a sign of life; answered by `pingPong` [P-6.12.5].
 * @internal `ping` and the lag monitor are for use.
 */
export class PingPongRequest extends SFSRequest {
  constructor() {
    super(() => outgoing(sessionRequests, 'PingPong', {}))
  }
}
