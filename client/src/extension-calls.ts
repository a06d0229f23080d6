import type { SFSObject } from '@warren/codec'
import { CALL_ERROR, CALL_ID } from '@warren/codec/schema'
import type { SFSEvents } from './events.ts'
import { ExtensionError } from './extension-error.ts'
import type { SFSRequest } from './requests/request.ts'
import { SFSError } from './sfs-error.ts'

/** What calls of an extension need of a client. @internal */
export interface ExtensionCaller {
  send(request: SFSRequest): void
  dispatch(request: SFSRequest): Promise<void> | undefined
  on<N extends 'extensionResponse' | 'connectionLost'>(
    name: N,
    listener: (event: SFSEvents[N]) => void,
  ): () => void
  readonly config: { readonly answerSeconds: number }
}

interface PendingCall {
  readonly command: string
  readonly timer: ReturnType<typeof setTimeout>
  resolve(params: SFSObject): void
  reject(error: Error): void
}

/** A call that is to be sent. */
export type Call = Pick<PendingCall, 'command' | 'resolve' | 'reject'>

/** The calls of one client that wait for their answers. @internal */
export class ExtensionCalls {
  readonly #caller: ExtensionCaller
  readonly #calls = new Map<number, PendingCall>()
  #lastId = 0

  constructor(caller: ExtensionCaller) {
    this.#caller = caller
    caller.on('extensionResponse', ({ cmd, params }) => this.#heard(cmd, params))
    caller.on('connectionLost', ({ reason }) => {
      for (const id of [...this.#calls.keys()]) {
        this.#take(id)?.reject(new SFSError(-1, `The connection is over: ${reason}`))
      }
    })
  }

  /** A call waits from now on for what comes back under its number. @returns the number */
  begin({ command, resolve, reject }: Call): number {
    const id = ++this.#lastId
    const seconds = this.#caller.config.answerSeconds
    const timer = setTimeout(() => {
      this.#take(id)?.reject(new SFSError(-1, `The extension did not answer ${command} within ${seconds} s`))
    }, seconds * 1000)
    this.#calls.set(id, { command, timer, resolve, reject })
    return id
  }

  #heard(command: string, params: SFSObject): void {
    const id = Number(params.getValue(CALL_ID)?.value)
    if (this.#calls.get(id)?.command !== command) return
    const call = this.#take(id)
    const failure = params.getValue(CALL_ERROR)?.value
    if (isObject(failure)) call?.reject(errorOf(failure))
    else call?.resolve(params)
  }

  /** A call that waits no longer. */
  #take(id: number): PendingCall | undefined {
    const call = this.#calls.get(id)
    clearTimeout(call?.timer)
    this.#calls.delete(id)
    return call
  }
}

/** Whether something is an object as the codec has them; its class would draw the codec into another file of a page. */
function isObject(value: unknown): value is SFSObject {
  return typeof value === 'object' && value !== null && 'names' in value
}

function errorOf(failure: SFSObject): ExtensionError {
  const text = (key: string) => {
    const value = failure.getValue(key)?.value
    return typeof value === 'string' ? value : undefined
  }
  return new ExtensionError(text('code') ?? 'failed', text('message') ?? '', text('path'))
}
