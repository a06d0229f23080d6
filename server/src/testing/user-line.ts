import type { ServerFields, ServerMessageName, SFSObject } from '@warren/codec'
import { CALL_ID } from '@warren/codec/schema'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import type { UploadedFile } from '../extension/server-events.ts'
import { passwordProof } from '../session/token.ts'
import { type CallFailed, failureIn, RequestRefused } from './errors.ts'
import { type Heard, TestLine } from './test-line.ts'
import type { TestServer } from './test-server.ts'

/** How somebody logs in. */
export interface LoginOptions {
  /** Sent as clients send it, as a proof [P-8.1]. */
  readonly password?: string
  /** Custom data for the login handler. */
  readonly params?: SFSObject
  /**
   * 0 guest, 1 standard, 2 moderator, 3 administrator: as if the host program decided so. What the extension's login
   * handler decides wins.
   */
  readonly privilegeId?: 0 | 1 | 2 | 3
  /** Where the line comes from; `127.0.0.1` when left out. */
  readonly address?: string
}

const LOGIN = 1
const API_VERSION = '1.8.6'

/** The line of a user, and what extensions said over it. */
export class UserLine extends TestLine {
  readonly zone: Zone
  readonly failures: CallFailed[] = []
  readonly #server: TestServer
  readonly #messages = new Map<string, SFSObject[]>()
  /** How many messages of a name `nextMessage` has promised. */
  readonly #promised = new Map<string, number>()
  #calls = 0

  constructor(server: TestServer, zone: Zone, address = '127.0.0.1') {
    super(server, address)
    this.#server = server
    this.zone = zone
    this.listen(message => this.#keep(message))
  }

  /** @throws RequestRefused */
  async logIn(name: string, { password = '', params, privilegeId }: LoginOptions): Promise<User> {
    this.name = name === '' ? 'the guest' : name
    const greeted = this.expect('the handshake', message =>
      message.name === 'Handshake' ? { value: message.fields.token } : undefined,
    )
    this.send('Handshake', { apiVersion: API_VERSION, clientType: 'Test' })
    const token = await greeted
    const answered = this.expect('the login', message => {
      if (message.name === 'Failure' && message.action === LOGIN) {
        throw new RequestRefused(`The login of ${this.name}`, message)
      }
      return message.name === 'Login' ? { value: message.fields.userId } : undefined
    })
    this.#asking(privilegeId, () =>
      this.send('Login', {
        zoneName: this.zone.name,
        userName: name,
        password: passwordProof(token, password),
        ...(params === undefined ? {} : { params }),
      }),
    )
    const user = this.zone.user(await answered)
    if (user === undefined) throw new Error(`${this.name} was sent away right after the login`)
    this.name = user.name
    return user
  }

  nextCallId(): number {
    return ++this.#calls
  }

  /** Messages of extensions that are no answers. */
  messages(name: string): readonly SFSObject[] {
    return this.#messages.get(name) ?? []
  }

  /** The first of them that was not promised before. */
  nextMessage(name: string): Promise<SFSObject> {
    const index = this.#promised.get(name) ?? 0
    this.#promised.set(name, index + 1)
    const there = this.messages(name)[index]
    if (there !== undefined) return Promise.resolve(there)
    return this.expect(`the message "${name}"`, () => {
      const value = this.messages(name)[index]
      return value === undefined ? undefined : { value }
    })
  }

  events<N extends ServerMessageName>(name: N): ServerFields<N>[] {
    const found = this.heard.filter(message => message.name === name)
    return found.map(message => ('fields' in message ? message.fields : undefined) as ServerFields<N>)
  }

  /** Tells the extensions of files, as the upload does when it has them. */
  announceFiles(user: User, files: readonly UploadedFile[], fields: ReadonlyMap<string, string>): void {
    this.#server.core.extensions.announce('fileUpload', { user, files, fields }, this.zone, [])
  }

  settle(): Promise<void> {
    return this.#server.settle()
  }

  /** The hook is asked when the login arrives, which is at once. */
  #asking(privilegeId: LoginOptions['privilegeId'], send: () => void): void {
    const { loginHooks } = this.#server
    if (privilegeId !== undefined) loginHooks.set(this.zone.name, () => ({ privilegeId }))
    send()
    if (privilegeId !== undefined) loginHooks.delete(this.zone.name)
  }

  #keep(message: Heard): void {
    if (message.name !== 'ExtensionResponse') return
    const { command, params } = message.fields
    if (params.has(CALL_ID)) return
    const failure = failureIn(command, params)
    if (failure !== undefined) {
      this.failures.push(failure)
      return
    }
    const known = this.#messages.get(command)
    if (known === undefined) this.#messages.set(command, [params])
    else known.push(params)
  }
}
