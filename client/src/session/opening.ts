import { encodeRequestRow, type RequestFields, type ServerFields, sessionRequests } from '@warren/codec'
import { type Line, LineError, type LineListener, type Way } from '../transport/line.ts'
import type { Refusal } from './packets.ts'

/** The server's answer to a handshake [P-5.2]. */
export type Welcome = ServerFields<'Handshake'>

/**
 * The server does not let the client in, or not back.
 * @example
 * await sfs.connect().catch(error => {
 *   if (error instanceof HandshakeError && error.code === 0) show('Reload the page for the newest version')
 * })
 */
export class HandshakeError extends Error {
  override readonly name = 'HandshakeError'
  /** One of the codes of [P-7]; -1 when a session cannot be resumed [P-8.5.4]. */
  readonly code: number
  /** What belongs into the text of the code. */
  readonly args: readonly string[]

  /** @internal */
  constructor({ code, args, text }: Pick<Refusal, 'code' | 'args' | 'text'>) {
    super(text)
    this.code = code
    this.args = args
  }
}

/** How streamed positions are read [P-13.1]. */
const POSITION_FORMAT = 1

/** What a client says of itself. */
export interface Greeter {
  readonly apiVersion: string
  readonly clientType: string
  /** Bytes that it keeps to send them again: it asks to count [P-8.6.1]. */
  readonly keptBytes: number
}

/**
 * The handshake of a new session, or of one that comes back.
 * @param token  of the session; empty for a new one
 * @param receivedPackets  what came so far, of a session that counts
 */
export function greeting(greeter: Greeter, token: string, receivedPackets: number | undefined): Uint8Array {
  const { apiVersion, clientType, keptBytes } = greeter
  const hello = { apiVersion, clientType }
  const encode = (fields: RequestFields<'Handshake'>) => encodeRequestRow(sessionRequests.Handshake, fields)
  if (token === '') return encode({ ...hello, keptBytes, positionFormat: POSITION_FORMAT })
  const back = { ...hello, reconnectionToken: token }
  return encode(receivedPackets === undefined ? back : { ...back, keptBytes, receivedPackets })
}

/** A new line on its way: opened, greeted, and not answered yet. All of it has to be done in limited time. */
export class Opening {
  readonly #canceller = new AbortController()
  readonly #answered: Promise<Welcome>
  readonly #timer: ReturnType<typeof setTimeout>
  #answer: (welcome: Welcome) => void = () => undefined
  #refuse: (error: Error) => void = () => undefined

  /** @param millis  for the whole of it */
  constructor(millis: number) {
    this.#answered = new Promise((resolve, reject) => {
      this.#answer = resolve
      this.#refuse = reject
    })
    // Whoever waits hears of it; if nobody does yet it is no stray error.
    this.#answered.catch(() => undefined)
    this.#timer = setTimeout(() => this.fail(new LineError('The server does not answer')), millis)
  }

  /**
   * Opens the line and waits for the answer to the greeting.
   * @param opened  is given the line, and greets
   * @throws LineError, HandshakeError
   */
  async run(way: Way, listener: LineListener, opened: (line: Line) => void): Promise<Welcome> {
    const { signal } = this.#canceller
    let line: Line | undefined
    try {
      line = await way.open(listener, signal)
      if (!signal.aborted) opened(line)
      return await this.#answered
    } catch (error) {
      line?.kill()
      throw signal.aborted ? ((await this.#answered.catch((reason: unknown) => reason)) as Error) : error
    } finally {
      clearTimeout(this.#timer)
    }
  }

  /** The server says welcome. */
  welcome(welcome: Welcome): void {
    this.#answer(welcome)
  }

  /** The server says no. */
  refuse(refusal: Pick<Refusal, 'code' | 'args' | 'text'>): void {
    this.#refuse(new HandshakeError(refusal))
  }

  /** It came to nothing. */
  fail(error: LineError): void {
    this.#refuse(error)
    this.#canceller.abort()
  }
}

/**
 * Tries one way after the other; the next one only when a server was not reached.
 * @throws LineError that says of each way why there is none; HandshakeError
 */
export async function openFirst(
  ways: readonly Way[],
  open: (way: Way, isFirst: boolean) => Promise<void>,
): Promise<void> {
  const failures: string[] = []
  for (const way of ways) {
    try {
      await open(way, failures.length === 0)
      return
    } catch (error) {
      if (!(error instanceof LineError)) throw error
      failures.push(error.message)
    }
  }
  throw new LineError([...new Set(failures)].join('; '))
}
