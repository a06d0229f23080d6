import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Whether processes can be bound to a core here. */
export const canPin = spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0

/** How to start a child. */
export interface ChildOptions {
  /** Relative to this folder. */
  readonly script: string
  readonly args?: readonly string[]
  readonly nodeFlags?: readonly string[]
  /** The core it may use, where that can be chosen; left out, any. */
  readonly core?: number
}

/** A Node process that answers messages, one at a time. What it says that answers nothing goes to `onNews`. */
export class Child<Request extends string | object, Reply extends { readonly type: string }> {
  onNews: (reply: Reply) => void = () => {}
  readonly #process: ChildProcess
  readonly #name: string
  #awaited: { types: readonly string[]; done: (reply: Reply) => void; fail: (e: Error) => void } | undefined
  #ended: string | undefined
  #errors = ''

  constructor(options: ChildOptions) {
    this.#name = options.script
    const script = fileURLToPath(new URL(options.script, import.meta.url))
    const command = [process.execPath, ...(options.nodeFlags ?? []), script, ...(options.args ?? [])]
    if (canPin && options.core !== undefined) command.unshift('taskset', '-c', String(options.core))
    const [program, ...args] = command as [string, ...string[]]
    this.#process = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#process.stderr?.on('data', chunk => {
      this.#errors = (this.#errors + chunk).slice(-4000)
    })
    this.#process.on('message', message => this.#receive(message as Reply))
    this.#process.on('error', error => this.#end(error.message))
    this.#process.on('exit', (code, signal) => this.#end(`ended with ${signal ?? code}`))
  }

  get pid(): number {
    return this.#process.pid ?? -1
  }

  /** Waits for a message of one of the types. Rejects when the process ends or says `failed`. */
  awaitReply(...types: readonly string[]): Promise<Reply> {
    if (this.#ended !== undefined) return Promise.reject(this.#error(this.#ended))
    return new Promise((done, fail) => {
      this.#awaited = { types, done, fail }
    })
  }

  /** Says something that is not answered. */
  tell(request: Request): void {
    if (this.#ended === undefined) this.#process.send(request)
  }

  /** Says something and waits for the answer. */
  ask(request: Request, ...types: readonly string[]): Promise<Reply> {
    const reply = this.awaitReply(...types)
    if (this.#ended === undefined) this.#process.send(request)
    return reply
  }

  /** Ends the process and waits until it is gone. */
  stop(): Promise<void> {
    if (this.#ended !== undefined) return Promise.resolve()
    return new Promise(resolve => {
      this.#process.once('exit', () => resolve())
      this.#process.kill('SIGKILL')
    })
  }

  #receive(reply: Reply): void {
    const awaited = this.#awaited
    if (awaited?.types.includes(reply.type)) {
      this.#awaited = undefined
      awaited.done(reply)
    } else if (awaited && reply.type === 'failed') {
      this.#awaited = undefined
      awaited.fail(this.#error('reason' in reply ? String(reply.reason) : 'failed'))
    } else {
      this.onNews(reply)
    }
  }

  #end(how: string): void {
    if (this.#ended !== undefined) return
    this.#ended = how
    this.#awaited?.fail(this.#error(how))
    this.#awaited = undefined
  }

  #error(what: string): Error {
    return new Error(`${this.#name}: ${what}${this.#errors === '' ? '' : `\n${this.#errors}`}`)
  }
}
