import type { RequestFields, ServerFields, ServerMessage, ServerMessageName } from '@warren/codec'
import { deadline } from '@warren/conformance'
import { SESSION_TIMING, type SessionListener, type SessionOptions } from '../../src/session/contract.ts'
import type { EndReason } from '../../src/session/end-reason.ts'
import type { Refusal } from '../../src/session/packets.ts'
import { Session } from '../../src/session/session.ts'

import { inflateNatively } from '../../src/transport/inflate.ts'
import { Vocabulary } from '../../src/vocabulary.ts'
import { request } from './request.ts'

/** The latest that anything a test waits for may come, in milliseconds. */
const PATIENCE = 5000

/** What a session told, in order. */
export type Told =
  | { readonly kind: 'message'; readonly message: ServerMessage; readonly packetId?: bigint }
  | { readonly kind: 'failure'; readonly failure: Refusal }
  | { readonly kind: 'tunnel' | 'retry' }
  | { readonly kind: 'resume'; readonly resent: number }
  | { readonly kind: 'end'; readonly reason: EndReason }
  | { readonly kind: 'trace'; readonly text: string }

/** A session whose tellings can be awaited. */
export class SessionProbe implements SessionListener {
  readonly session: Session
  readonly told: Told[] = []
  readonly #vocabulary = new Vocabulary(() => undefined)
  readonly #waiting = new Set<() => void>()

  constructor(options: Pick<SessionOptions, 'ways'> & Partial<SessionOptions>) {
    this.session = new Session(
      {
        apiVersion: '1.8.6',
        clientType: 'Test',
        keptBytes: 1024 * 1024,
        timing: SESSION_TIMING,
        inflate: inflateNatively,
        read: body => this.#vocabulary.read(body),
        random: () => 0.5,
        ...options,
      },
      this,
    )
  }

  /** Logs in and joins; the id of the room. */
  async enter(zoneName: string, userName: string, roomName: string): Promise<number> {
    this.session.send(request('Login', { zoneName, userName, password: '' }))
    await this.message('Login')
    this.session.send(request('JoinRoom', { roomName }))
    return (await this.message('JoinRoom')).room.id
  }

  say(roomId: number, message: string): void {
    const fields: RequestFields<'PublicMessage'> = { roomId, message }
    this.session.send(request('PublicMessage', fields))
  }

  /** The texts of the public messages so far. */
  get texts(): readonly string[] {
    return this.told.flatMap(each =>
      each.kind === 'message' && each.message.name === 'PublicMessage' ? [each.message.fields.message] : [],
    )
  }

  /** The kinds of what was told, messages and traces left out. */
  get kinds(): readonly Told['kind'][] {
    return this.told.map(({ kind }) => kind).filter(kind => kind !== 'message' && kind !== 'trace')
  }

  /** Waits until something holds, all in all not longer than so many milliseconds. */
  async until(holds: () => boolean, what: string, patience: number = PATIENCE): Promise<void> {
    const wait = async () => {
      while (!holds()) {
        await new Promise<void>(resolve => {
          this.#waiting.add(resolve)
        })
        this.#waiting.clear()
      }
    }
    await deadline(wait(), patience, what)
  }

  /** The fields of the first message of a name, of those that came and those to come. */
  async message<N extends ServerMessageName>(name: N): Promise<ServerFields<N>> {
    const find = () => this.told.find(each => each.kind === 'message' && each.message.name === name)
    await this.until(() => find() !== undefined, `a ${name}`)
    const found = find()
    if (found?.kind !== 'message') throw new Error(`There is no ${name}`)
    return found.message.fields as ServerFields<N>
  }

  /** Waits until something of that kind was told so often. */
  async kind(kind: Told['kind'], times = 1, patience: number = PATIENCE): Promise<void> {
    const count = () => this.told.filter(each => each.kind === kind).length
    await this.until(() => count() >= times, `${times} times ${kind}`, patience)
  }

  onMessage(message: ServerMessage, packetId?: bigint): void {
    this.#tell({ kind: 'message', message, ...(packetId === undefined ? {} : { packetId }) })
  }

  onRefusal(failure: Refusal): void {
    this.#tell({ kind: 'failure', failure })
  }

  onTunnelAttempt(): void {
    this.#tell({ kind: 'tunnel' })
  }

  onRetry(): void {
    this.#tell({ kind: 'retry' })
  }

  onResume(resent: number): void {
    this.#tell({ kind: 'resume', resent })
  }

  onEnd(reason: EndReason): void {
    this.#tell({ kind: 'end', reason })
  }

  onTrace(text: string): void {
    this.#tell({ kind: 'trace', text })
  }

  #tell(told: Told): void {
    this.told.push(told)
    for (const wake of this.#waiting) wake()
  }
}
