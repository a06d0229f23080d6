import {
  decodePacket,
  decodeServerMessage,
  encodePacket,
  encodeRequest,
  type Failure,
  type RequestFields,
  type RequestName,
  readPacket,
  type ServerMessage,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { type MemoryClient, openMemoryLine } from '../transport/memory.ts'
import type { TestServer } from './test-server.ts'

/** What a user hears from the server: a message, or that a request failed. */
export type Heard = ServerMessage | Failure

/** What somebody waits for: undefined as long as it is not there. May throw, which ends the waiting. */
export type Pick<T> = (message: Heard) => { readonly value: T } | undefined

/** Real milliseconds after which nothing more is expected to come. Only says why a test fails. */
const PATIENCE_MILLIS = 4000
/** How many of the last messages are named then. */
const NAMED = 12
/** More than any message of a test. */
const MAX_BYTES = 64 * 1024 * 1024
const LIMITS = { compression: zlibCompression, maxInflatedBytes: MAX_BYTES }

/** The client's end of a line: speaks the protocol of the wire and keeps everything it hears. */
export class TestLine {
  readonly heard: Heard[] = []
  /** For messages of failed tests. */
  name = 'somebody'
  readonly #memory: MemoryClient
  readonly #listeners = new Set<(message: Heard) => void>()
  readonly #enders = new Set<(error: Error) => void>()

  constructor(server: TestServer, address: string) {
    this.#memory = openMemoryLine({
      framing: 'message',
      accept: connection => server.accept(connection),
      remoteAddress: address,
      onRead: () => this.#read(),
      onClosed: () => this.end('the line was closed'),
    })
  }

  /** Whether the line is closed, by either side. */
  get isClosed(): boolean {
    return this.#memory.closed !== undefined
  }

  /** Sends a request. @throws Error when the line is closed */
  send<N extends RequestName>(name: N, fields: RequestFields<N>): void {
    if (this.isClosed) throw new Error(`${this.name} has no line any more and cannot send ${name}`)
    this.#memory.send(encodePacket(encodeRequest(name, fields)))
  }

  /** Has each message from now on. @returns what ends it */
  listen(listener: (message: Heard) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Waits for a message that is still to come. Nobody has to wait with it: a test may look at it later, or never.
   * @param what  for the message of a test that waits in vain
   */
  expect<T>(what: string, pick: Pick<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    promise.catch(() => undefined)
    const done = () => {
      clearTimeout(timer)
      stop()
      this.#enders.delete(fail)
    }
    const fail = (error: Error) => {
      done()
      reject(error)
    }
    const stop = this.listen(message => {
      try {
        const picked = pick(message)
        if (picked === undefined) return
        done()
        resolve(picked.value)
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)))
      }
    })
    const timer = setTimeout(() => fail(this.#inVain(what)), PATIENCE_MILLIS)
    this.#enders.add(fail)
    if (this.isClosed) fail(new Error(`${this.name} has no line any more: ${what} will not come`))
    return promise
  }

  /** Ends all waiting. */
  end(why: string): void {
    for (const fail of [...this.#enders]) fail(new Error(`${this.name} waited when ${why}`))
  }

  /** Goes away; `lost` without a word. */
  close(how: 'in order' | 'lost'): void {
    if (this.isClosed) return
    if (how === 'lost') this.#memory.drop()
    else this.#memory.close()
  }

  #read(): void {
    for (const bytes of this.#memory.take()) {
      const { flags, body } = readPacket(bytes, { maxBodyBytes: MAX_BYTES })
      const message = decodeServerMessage(decodePacket(flags, body, LIMITS))
      if ('problem' in message) throw new Error(`The server sent what no client can read: ${message.detail}`)
      this.heard.push(message)
      for (const listener of [...this.#listeners]) listener(message)
    }
  }

  #inVain(what: string): Error {
    const last = this.heard.slice(-NAMED).map(nameOf).join(', ') || 'nothing'
    return new Error(`${this.name} waits in vain for ${what}; last heard: ${last}. Must time move first?`)
  }
}

function nameOf(message: Heard): string {
  if (message.name === 'Failure') return `failure ${message.code} of action ${message.action}`
  return message.name === 'ExtensionResponse' ? `"${message.fields.command}"` : message.name
}
