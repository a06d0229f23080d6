import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const WARREN = fileURLToPath(new URL('../../cli/bin/warren.mjs', import.meta.url))
const PATIENCE_MILLIS = 20_000

/** What the log says at a line: JSON. */
export type LogLine = Readonly<Record<string, unknown>>

/** What a server is started with. */
export interface ServerFiles {
  /** What `warren.config.ts` holds: an object, in TypeScript. */
  readonly config: string
  /** The zones, each a file. */
  readonly zones: readonly ({ readonly name: string } & object)[]
}

/** A server in a process of its own, as operators run it, whose log is read. */
export class LoggedServer {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly lines: LogLine[] = []
  readonly #waiting = new Set<() => void>()
  #ports: Readonly<Record<string, number>> = {}

  private constructor(files: ServerFiles) {
    this.#folder = mkdtempSync(join(tmpdir(), 'warren-connection-'))
    mkdirSync(join(this.#folder, 'zones'))
    const dataDir = JSON.stringify(join(this.#folder, 'data'))
    writeFileSync(
      join(this.#folder, 'warren.config.ts'),
      `export default { ...${files.config}, dataDir: ${dataDir} }\n`,
    )
    for (const zone of files.zones)
      writeFileSync(join(this.#folder, `zones/${zone.name}.zone.json`), JSON.stringify(zone))
    const { NODE_TEST_CONTEXT, NODE_ENV, ...env } = process.env
    const ports = ['tcp', 'udp', 'http', 'https'].flatMap(name => [`--${name}`, '0'])
    const args = [WARREN, 'start', ...ports, '--electro', 'off', '--log-level', 'debug']
    this.#process = spawn(process.execPath, args, {
      cwd: this.#folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** @throws Error with the log when the server does not get ready */
  static async start(files: ServerFiles): Promise<LoggedServer> {
    const server = new LoggedServer(files)
    try {
      await server.#ready()
    } catch (error) {
      await server.stop()
      throw error
    }
    return server
  }

  /** The port of a listener. */
  port(listener: 'tcp' | 'udp' | 'http' | 'https'): number {
    const port = this.#ports[listener]
    if (port === undefined) throw new Error(`The server has no ${listener}`)
    return port
  }

  /** The names of the ports, by number. */
  get names(): ReadonlyMap<number, string> {
    return new Map(Object.entries(this.#ports).map(([name, port]) => [port, name]))
  }

  /**
   * Waits for a line of the log.
   * @param from  where to begin, as the number of lines before it
   * @returns the number of lines up to it
   */
  async until(from: number, isIt: (line: LogLine) => boolean): Promise<number> {
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      return await new Promise((resolve, reject) => {
        const look = () => {
          const at = this.lines.findIndex((line, index) => index >= from && isIt(line))
          if (at < 0) return
          this.#waiting.delete(look)
          resolve(at + 1)
        }
        const tooLong = () => reject(new Error(`The log never said it:\n${this.#text(from)}`))
        timer = setTimeout(tooLong, PATIENCE_MILLIS)
        this.#waiting.add(look)
        look()
      })
    } finally {
      clearTimeout(timer)
    }
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process
    if (exitCode === null && signalCode === null) {
      const ended = new Promise(resolve => this.#process.once('exit', resolve))
      this.#process.kill()
      await ended
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #text(from: number): string {
    return this.lines
      .slice(from)
      .map(line => JSON.stringify(line))
      .join('\n')
  }

  #ready(): Promise<void> {
    const { stdout, stderr } = this.#process
    if (stdout === null || stderr === null) throw new Error('The server has no output')
    createInterface(stderr).on('line', line => {
      // Warnings about the configuration come before the log.
      if (!line.startsWith('{')) return
      this.lines.push(JSON.parse(line) as LogLine)
      for (const look of this.#waiting) look()
    })
    return new Promise((resolve, reject) => {
      this.#process.once('exit', () => reject(new Error(`The server ended:\n${this.#text(0)}`)))
      createInterface(stdout).on('line', line => {
        if (!line.startsWith('warren ready')) return
        const found = line.matchAll(/\b(tcp|udp|http|https)=(\d+)/g)
        this.#ports = Object.fromEntries(Array.from(found, ([, name, port]) => [name, Number(port)]))
        resolve()
      })
    })
  }
}
