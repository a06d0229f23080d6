import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'

/** PostgreSQL refuses to run as root; this is the user that everybody has for what is nobody's. */
const NOBODY = 65534
const START_MILLIS = 30_000
/** Ports that no system hands out by itself: nobody takes the server's while it is down. */
const PORTS = { first: 20_000, count: 12_000 }

/** A PostgreSQL server of a test's own, in a folder that goes with it. */
export class TestPostgres {
  readonly #bin: string
  readonly #folder: string
  readonly #identity: { readonly uid?: number; readonly gid?: number }
  readonly port: number
  #server: ChildProcess | undefined
  #databases = 0

  constructor(bin: string, port: number) {
    this.#bin = bin
    this.port = port
    this.#folder = mkdtempSync(join(tmpdir(), 'postgres-'))
    this.#identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
    if (this.#identity.uid !== undefined) chownSync(this.#folder, NOBODY, NOBODY)
  }

  /** The address of a database. */
  url(database = 'postgres'): string {
    return `postgres://warren@127.0.0.1:${this.port}/${database}`
  }

  /** Makes the files of an empty server. */
  async create(): Promise<void> {
    const options = ['-D', this.#data, '-U', 'warren', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    await promisify(execFile)(join(this.#bin, 'initdb'), options, { ...this.#identity, cwd: this.#folder })
  }

  async start(): Promise<void> {
    const options = [
      '-D',
      this.#data,
      '-p',
      `${this.port}`,
      '-k',
      this.#folder,
      '-c',
      'listen_addresses=127.0.0.1',
    ]
    const server = spawn(join(this.#bin, 'postgres'), options, {
      ...this.#identity,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#server = server
    let told = ''
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`PostgreSQL does not start:\n${told}`)), START_MILLIS)
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        told = (told + text).slice(-10_000)
        if (!told.includes('ready to accept connections')) return
        clearTimeout(late)
        resolve()
      })
      server.on('exit', () => {
        clearTimeout(late)
        reject(new Error(`PostgreSQL ended:\n${told}`))
      })
    })
  }

  /** Ends the server, its files stay. In a crash it writes nothing more, and has to recover when it starts. */
  async halt(how: 'fast' | 'crash' = 'fast'): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(how === 'crash' ? 'SIGQUIT' : 'SIGINT')
    await ended
  }

  /** @returns the address of an empty database */
  async freshDatabase(): Promise<string> {
    const name = `test${this.#databases++}`
    const client = new Client({ connectionString: this.url() })
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    return this.url(name)
  }

  /** Waits until nobody is connected to a database; what a client that was killed had asked for is over then. */
  async untilAlone(url: string): Promise<void> {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      let others: unknown
      do {
        const { rows } = await client.query(
          `select count(*)::int as n from pg_stat_activity
           where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
        )
        others = rows[0]?.n
      } while (others !== 0)
    } finally {
      await client.end()
    }
  }

  async stop(): Promise<void> {
    await this.halt()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get #data(): string {
    return join(this.#folder, 'data')
  }
}

/** Starts a PostgreSQL server; installs it first on a Debian without one. */
export async function postgresForTests(): Promise<TestPostgres> {
  const server = new TestPostgres(binaries() ?? install(), await freePort())
  await server.create()
  await server.start()
  return server
}

/** The folder of the newest programs of PostgreSQL. */
function binaries(): string | undefined {
  const usual = globSync('{/usr/lib/postgresql/*/bin,/usr/pgsql-*/bin,/opt/homebrew/opt/postgresql*/bin}')
  const folders = [...usual.sort().reverse(), ...(process.env.PATH ?? '').split(delimiter)]
  return folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

function install(): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'postgresql']]) {
    spawnSync('apt-get', args, { env, stdio: 'ignore' })
  }
  const found = binaries()
  if (found === undefined)
    throw new Error('These tests need PostgreSQL: install it, or put initdb into the PATH')
  return found
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + randomInt(PORTS.count)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
