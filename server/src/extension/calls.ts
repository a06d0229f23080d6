import type { SFSObject } from '@warren/codec'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'

/** How a message of the host program travels. */
export interface SendOptions {
  /**
   * By UDP, which may lose it, to those who have that way; by their line to those who have not, and when it is too
   * long for a datagram.
   */
  readonly udp?: boolean
}

/** A call of a client to the host program's own commands [P-4.2]. */
export interface ExtensionCall {
  readonly command: string
  readonly params: SFSObject
  readonly user: User
  readonly zone: Zone
  /** The room that the call is for; the zone when undefined. */
  readonly room: Room | undefined
  /** The call came by UDP; its packet number is the parameter `$FS_REQUEST_UDP_TIMESTAMP` [P-9.3]. */
  readonly overUdp: boolean
  /** Answers the caller, on the command of the call or another. */
  answer(params: SFSObject, command?: string, options?: SendOptions): void
}

/** Answers a command. An error or rejection is logged and counted; the client and the server go on. */
export type ExtensionHandler = (call: ExtensionCall) => void | Promise<void>

/** What the host program answers to, by zone and command. */
export class ExtensionCalls {
  readonly #handlers = new Map<string, Map<string, ExtensionHandler>>()

  /** @throws Error when the command of that zone is answered already */
  on(zone: string, command: string, handler: ExtensionHandler): void {
    let commands = this.#handlers.get(zone)
    if (commands === undefined) {
      commands = new Map()
      this.#handlers.set(zone, commands)
    }
    if (commands.has(command)) throw new Error(`The command ${command} of zone ${zone} is answered already`)
    commands.set(command, handler)
  }

  find(zone: string, command: string): ExtensionHandler | undefined {
    return this.#handlers.get(zone)?.get(command)
  }
}
