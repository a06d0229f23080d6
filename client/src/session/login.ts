import type { Cipher, RequestFields } from '@warren/codec'
import type { Datagrams } from './datagrams.ts'

/** How long a login may be unanswered when its line is lost, in seconds: nobody said how long the server waits. */
const PENDING_SECONDS = 10

/** Whom the server takes this client for, and what depends on it: coming back, and the way for datagrams. */
export class Login {
  #userId: number | undefined
  #isPending = false
  #reconnectionSeconds = 0
  #datagrams: Datagrams | undefined

  /** Whether there is a login, or one was asked for. */
  get isBegun(): boolean {
    return this.#isPending || this.#userId !== undefined
  }

  /** Whether a login waits for its answer: it may have worked without this end knowing. */
  get isPending(): boolean {
    return this.#isPending
  }

  /** For how long the server keeps the session of a lost line, in seconds, as far as is known. */
  get keptSeconds(): number {
    return this.#reconnectionSeconds
  }

  /** For how long it makes sense to come back, in seconds. */
  get retrySeconds(): number {
    return this.#reconnectionSeconds || PENDING_SECONDS
  }

  /** A login was sent. */
  ask(): void {
    this.#isPending = true
  }

  /** The server refused it. */
  refuse(): void {
    this.#isPending = false
  }

  /** The server says who this client is from now on; undefined is nobody. The way for datagrams ends [P-9.7]. */
  become(userId: number | undefined, reconnectionSeconds: number): void {
    this.#isPending = false
    this.#userId = userId
    this.#reconnectionSeconds = reconnectionSeconds
    this.#datagrams?.unbind()
  }

  /** Takes up a way for datagrams. @returns whether the server agreed @throws Error without a login */
  async use(datagrams: Datagrams, cipher: Cipher | undefined): Promise<boolean> {
    if (this.#userId === undefined) {
      datagrams.close()
      throw new Error('Log in before UDP is used')
    }
    this.#datagrams?.close()
    this.#datagrams = datagrams
    return await datagrams.bind(this.#userId, cipher)
  }

  /** Calls an extension by datagram. @returns false when there is no such way */
  call(fields: RequestFields<'CallExtension'>): boolean {
    return this.#datagrams?.call(fields) ?? false
  }

  /** The line is lost, and the mapping with it. */
  lost(): void {
    this.#datagrams?.unbind()
  }

  /** There is a new line: the mapping is asked for anew. */
  back(cipher: Cipher | undefined): void {
    if (this.#userId !== undefined) void this.#datagrams?.bind(this.#userId, cipher)
  }

  /** The session is over. */
  end(): void {
    this.#datagrams?.close()
    this.#datagrams = undefined
  }
}
