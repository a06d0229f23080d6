import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { deadline } from '../client/deadline.ts'
import type { Endpoint } from '../client/line.ts'

const WARREN = fileURLToPath(new URL('../../../cli/bin/warren.mjs', import.meta.url))
/** The latest that a log line or a start may come, in milliseconds. */
const PATIENCE = 20_000

/** One line of the server's log. */
export type LogLine = { readonly msg: string } & Readonly<Record<string, unknown>>

/** `warren start` in a folder of its own and a process of its own, so that a test may hurt it. */
export class OwnProcess {
  readonly tcp: Endpoint
  readonly http: Endpoint
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #log: Log

  private constructor(child: ChildProcess, folder: string, log: Log, tcp: number, http: number) {
    this.#child = child
    this.#folder = folder
    this.#log = log
    this.tcp = { host: '127.0.0.1', port: tcp }
    this.http = { host: '127.0.0.1', port: http }
  }

  /** Starts the server in a folder with these files; both are gone when the test is over. */
  static async start(t: TestContext, files: Readonly<Record<string, string>>): Promise<OwnProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'warren-process-'))
    write(folder, files)
    const child = spawn(
      process.execPath,
      [WARREN, 'start', '--tcp=0', '--http=0', '--udp=off', '--https=off', '--electro=off'],
      { cwd: folder, env: {} },
    )
    const closed = once(child, 'close')
    t.after(async () => {
      child.kill('SIGKILL')
      await closed
      rmSync(folder, { recursive: true, force: true })
    })
    const log = new Log()
    child.stderr.on('data', chunk => log.add(String(chunk)))
    const ready = once(child.stdout, 'data').then(([chunk]) => String(chunk))
    const line = await Promise.race([
      deadline(ready, PATIENCE, 'the server to be ready'),
      closed.then(() => Promise.reject(new Error(`The server ended:\n${log.text}`))),
    ])
    const [, tcp, http] = /tcp=(\d+) http=(\d+)/.exec(line) ?? []
    return new OwnProcess(child, folder, log, Number(tcp), Number(http))
  }

  /** Changes or adds a file of its folder. */
  write(name: string, text: string): void {
    write(this.#folder, { [name]: text })
  }

  /** A log line that fits, among those to come and those that came already. */
  logged(fits: (line: LogLine) => boolean): Promise<LogLine> {
    return deadline(this.#log.find(fits), PATIENCE, 'a line of the log')
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** The value of a metric; 0 when the server has none of that name and labels. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://${this.http.host}:${this.http.port}/metrics`)).text()
    const line = text.split('\n').find(each => each.startsWith(`${name} `))
    return Number(line?.slice(name.length + 1) ?? 0)
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** The log as it comes. */
class Log {
  text = ''
  readonly #lines: LogLine[] = []
  readonly #waiting = new Set<() => void>()

  add(chunk: string): void {
    this.text += chunk
    const lines = this.text.split('\n').slice(0, -1)
    for (const line of lines.slice(this.#lines.length)) this.#lines.push(parse(line))
    for (const wake of this.#waiting) wake()
  }

  async find(fits: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.#lines.find(fits)
      if (found !== undefined) return found
      await new Promise<void>(resolve => {
        this.#waiting.add(resolve)
      })
      this.#waiting.clear()
    }
  }
}

function parse(line: string): LogLine {
  return line.startsWith('{') ? JSON.parse(line) : { msg: line }
}
