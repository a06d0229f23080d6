import type { Cipher, RequestFields, ServerFields } from '@warren/codec'

/** A way beside the line, on which calls of extensions may get lost [P-9]. */
export interface Datagrams {
  /**
   * Asks the server to map this address to a user; repeated when there is no answer.
   * @param cipher  for everything from now on; undefined without a key
   * @returns whether the way is there
   */
  bind(userId: number, cipher: Cipher | undefined): Promise<boolean>
  /** Calls an extension. @returns false when the call cannot go this way */
  call(fields: RequestFields<'CallExtension'>): boolean
  /** The mapping is gone with the login or the line [P-9.7]. */
  unbind(): void
  /** Ends the way. */
  close(): void
}

/** Where datagrams go to. */
export interface DatagramAddress {
  readonly host: string
  readonly port: number
}

/** Takes the messages that come by datagram, with their numbers. */
export type DatagramListener = (fields: ServerFields<'ExtensionResponse'>, packetId: bigint) => void

/** Opens the way. @throws Error when there is none */
export type OpenDatagrams = (address: DatagramAddress, listener: DatagramListener) => Promise<Datagrams>
