import type { Cipher, RequestFields } from '@warren/codec'
import type { ClientConfig } from '../config.ts'
import type { SFSEventName, SFSEvents } from '../events.ts'
import { ExtensionRequest } from '../requests/extension-request.ts'
import type { Outgoing } from '../requests/outgoing.ts'
import type { SFSRequest } from '../requests/request.ts'
import type { Datagrams } from '../session/datagrams.ts'
import { Encryption } from '../session/encryption.ts'
import type { Session } from '../session/session.ts'
import { SmartFox as BrowserSmartFox } from '../smart-fox.ts'
import { type NodeOptions, type NodePlatform, nodePlatform } from './platform.ts'

/**
 * A client of Warren or a stock server, in Node.
 * @example
 * const sfs = new SmartFox({ host: 'play.example.com', zone: 'Games' })
 * await sfs.connect() // TCP, port 9933
 */
export class SmartFox extends BrowserSmartFox {
  readonly #platform: NodePlatform
  #datagrams: Datagrams | undefined
  /** Of this session, or an earlier one. */
  #encryption: Encryption | undefined

  /**
   * @param platform  what the client runs on; left to the options
   * @throws TypeError for a configuration that cannot be, or options that do not fit together
   */
  constructor(config: ClientConfig = {}, options: NodeOptions = {}, platform = nodePlatform(options)) {
    super(config, platform)
    this.#platform = platform
  }

  /**
   * Encrypts everything from now on [P-1.4]; `cryptoInit` tells of it as well. After `connect`, before `login`. In
   * browsers there is no such thing: use `useSSL`.
   * @throws Error, as a rejection, when there is no key to be had
   * @example
   * await sfs.connect()
   * await sfs.initCrypto()
   */
  async initCrypto(): Promise<void> {
    const { host, httpsPort } = this.config
    try {
      if (this.session === undefined) throw new Error('Connect before encryption is used')
      const address = { host, port: httpsPort, isSecure: true }
      await this.#encrypt(this.session, token => this.#platform.getCipher(address, token))
    } catch (error) {
      this.emit('cryptoInit', {
        success: false,
        errorMessage: error instanceof Error ? error.message : String(error),
      })
      throw error
    }
    this.emit('cryptoInit', { success: true })
  }

  async #encrypt(session: Session, getKey: (token: string) => Promise<Cipher>): Promise<void> {
    if (this.#encryption?.session === session) throw new Error('There is a key already')
    const encryption = new Encryption(session)
    this.#encryption = encryption
    try {
      await encryption.begin(getKey)
    } catch (error) {
      if (this.#encryption === encryption) this.#encryption = undefined
      throw error
    }
  }

  /**
   * Opens the way for datagrams [P-9]; `udpInit` tells of it as well. After `login`. Requests to extensions may then be
   * sent over it: `new ExtensionRequest(command, params, room, true)`.
   * @returns whether there is such a way
   * @example
   * if (await sfs.initUdp()) sfs.send(new ExtensionRequest('position', params, room, true))
   */
  async initUdp(): Promise<boolean> {
    const success = await this.#openDatagrams().catch((error: unknown) => {
      this.trace(`no UDP: ${String(error)}`)
      return false
    })
    this.emit('udpInit', { success })
    return success
  }

  async #openDatagrams(): Promise<boolean> {
    if (this.mySelf === undefined) throw new Error('Log in before UDP is used')
    const { host, udpHost, udpPort } = this.config
    const datagrams = await this.#platform.openDatagrams(
      { host: udpHost === '' ? host : udpHost, port: udpPort },
      (fields, packetId) => this.took({ name: 'ExtensionResponse', fields }, packetId),
    )
    this.#datagrams?.close()
    this.#datagrams = datagrams
    return await this.#bind()
  }

  /** Asks for the mapping to the user of now [P-9.7]. */
  async #bind(): Promise<boolean> {
    const { mySelf, session } = this
    if (mySelf !== undefined && session !== undefined) {
      const cipher = this.#encryption?.session === session ? this.#encryption.cipher : undefined
      return (await this.#datagrams?.bind(mySelf.id, cipher)) ?? false
    }
    this.#datagrams?.close()
    return false
  }

  /** Calls of extensions go by UDP where they are to and there is a way, else by the line. @internal */
  protected override transmit(session: Session, message: Outgoing, request: SFSRequest): void {
    const isSent =
      request instanceof ExtensionRequest &&
      request.overUdp &&
      this.#datagrams?.call(message.fields as RequestFields<'CallExtension'>)
    if (!isSent) super.transmit(session, message, request)
  }

  /** The mapping is gone with the login or the line, and is asked for anew on another line [P-9.7]. @internal */
  protected override emit<N extends SFSEventName>(name: N, event: SFSEvents[N]): void {
    const isUnbound = name === 'login' || name === 'logout' || name === 'connectionRetry'
    if (isUnbound) this.#datagrams?.unbind()
    if (name === 'connectionResume') void this.#bind()
    if (name === 'connectionLost') this.#datagrams?.close()
    super.emit(name, event)
  }
}
