import { encodePacket, encodeRequest, type RequestFields, type RequestName } from '@warren/codec'
import type { Stage, StageLine } from './stage.ts'

/** A user of another recording that ran at the same time, known by what the clients of this one heard of him. */
export interface Visitor {
  readonly zone: string
  /** Before which steps he joins which rooms; he stays in all of them. */
  readonly joins: readonly { readonly step: number; readonly room: string }[]
  /** The step before which his line ends. */
  readonly leaves: number
}

/** Lets the visitors of a trace come and go. What they hear is nobody's concern. */
export class Visitors {
  readonly #visitors: readonly Visitor[]
  readonly #stage: Stage
  readonly #lines = new Map<Visitor, StageLine>()

  constructor(visitors: readonly Visitor[], stage: Stage) {
    this.#visitors = visitors
    this.#stage = stage
  }

  /** Does what they do before a step. */
  actBefore(step: number): void {
    for (const visitor of this.#visitors) {
      for (const { room } of visitor.joins.filter(join => join.step === step)) {
        ask(this.#lineOf(visitor), 'JoinRoom', { roomName: room, roomIdToLeave: -1 })
      }
      if (visitor.leaves === step) this.#lines.get(visitor)?.close()
    }
  }

  #lineOf(visitor: Visitor): StageLine {
    const open = this.#lines.get(visitor)
    if (open !== undefined) return open
    const line = this.#stage.connect('tcp', { onPacket: () => {}, onClosed: () => {} })
    this.#lines.set(visitor, line)
    ask(line, 'Handshake', { apiVersion: '1.8.6', clientType: 'Visitor' })
    ask(line, 'Login', { zoneName: visitor.zone, userName: '', password: '' })
    return line
  }
}

function ask<N extends RequestName>(line: StageLine, name: N, fields: RequestFields<N>): void {
  line.send(encodePacket(encodeRequest(name, fields)))
}
