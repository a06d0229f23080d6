import type { SmartFox } from 'sfs2x-api'

/** The zone that runs the extension. */
const ZONE = 'BasicExamples'

/** What comes with the events that a login may end in. */
interface LoginEvents {
  readonly success: boolean
  readonly errorMessage: string
}

/**
 * Connects to the server that the page came from, and logs in.
 * @param name  empty for a guest
 * @param onLost  called with the client's reason when the connection ends later
 * @throws Error in the server's own words
 */
export async function logIn(name: string, onLost: (reason: string) => void): Promise<SmartFox> {
  const secure = location.protocol === 'https:'
  const sfs = new SFS2X.SmartFox({
    host: location.hostname,
    port: Number(location.port || (secure ? 443 : 80)),
    useSSL: secure,
    zone: ZONE,
    debug: false,
  })
  const { CONNECTION, CONNECTION_LOST, LOGIN, LOGIN_ERROR } = SFS2X.SFSEvent
  try {
    await new Promise<void>((resolve, reject) => {
      const on = (type: string, handle: (event: LoginEvents) => void) =>
        sfs.addEventListener(type, handle, undefined)
      on(CONNECTION, ({ success }) => {
        if (success) sfs.send(new SFS2X.LoginRequest(name))
        else reject(new Error('The server does not answer.'))
      })
      on(LOGIN, () => resolve())
      on(LOGIN_ERROR, ({ errorMessage }) => reject(new Error(errorMessage)))
      sfs.connect()
    })
  } catch (error) {
    if (sfs.isConnected) sfs.disconnect()
    throw error
  }
  sfs.addEventListener(
    CONNECTION_LOST,
    ({ reason }: { readonly reason: string }) => onLost(reason),
    undefined,
  )
  return sfs
}
