import { promises } from 'node:fs'
import { SWEEP_MILLIS } from './lines.ts'

/** Where Linux tells of its TCP sockets; other systems have no such file. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6']

/** The state of an open connection in these tables. */
const ESTABLISHED = '01'

/** How an IPv4 address starts on a dual-stack socket. */
const MAPPED = '0000000000000000FFFF0000'

/** So often data must have been repeated without an answer before a connection counts as stuck. */
const MIN_REPEATS = 3

/** How many looks fall into the time that a line may be dead. */
const LOOKS = 6

/**
 * The other ends of open connections of a port whose data the kernel repeats without an answer.
 * @param table  the text of `/proc/net/tcp` or `/proc/net/tcp6`
 */
export function stuckPeers(table: string, port: number): string[] {
  const localPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const peers: string[] = []
  for (const line of table.split('\n')) {
    // sl local remote state queues timer repeats ...
    const [, local, remote, state, , , repeats] = line.trim().split(/\s+/, 7)
    if (local === undefined || remote === undefined || repeats === undefined) continue
    if (state !== ESTABLISHED || !local.endsWith(localPort)) continue
    if (Number.parseInt(repeats, 16) < MIN_REPEATS) continue
    peers.push(remote.startsWith(MAPPED) ? remote.slice(MAPPED.length) : remote)
  }
  return peers
}

/** An end as these tables write it: each four bytes of the address as a little-endian word, then the port. */
export function tableKey(address: string, port: number): string {
  const bytes = address.includes(':') ? bytesOfIpv6(address) : address.split('.').map(Number)
  let key = ''
  for (let i = 0; i < bytes.length; i += 4) key += hex(bytes.slice(i, i + 4).reverse())
  return `${key}:${hex([port >> 8, port & 0xff])}`
}

/** What the look needs: when a line is dead, and where to read. */
export interface StuckOptions {
  readonly port: number
  readonly deadMillis: number
  /** The tables of the system; empty where there are none. */
  readonly read?: (() => Promise<string>) | undefined
}

/**
 * Finds lines whose cable was pulled while something was on its way to them. The kernel sends keep-alive probes on
 * idle lines only; where data waits for its acknowledgement it repeats that for a quarter of an hour instead.
 */
export class StuckWatch {
  readonly #port: number
  readonly #interval: number
  readonly #deadMillis: number
  readonly #read: () => Promise<string>
  /** Since when each peer is stuck. */
  #since = new Map<string, number>()
  #lookedAt = 0
  #isLooking = false

  constructor({ port, deadMillis, read = readTables }: StuckOptions) {
    this.#port = port
    this.#interval = Math.max(SWEEP_MILLIS, deadMillis / LOOKS)
    this.#deadMillis = deadMillis
    this.#read = read
  }

  /** Looks, if it is time to. Never rejects: where the tables cannot be read nothing is stuck. */
  async sweep(now: number): Promise<void> {
    if (this.#isLooking || now - this.#lookedAt < this.#interval) return
    this.#isLooking = true
    this.#lookedAt = now
    const table = await this.#read().catch(() => '')
    const before = this.#since
    this.#since = new Map(stuckPeers(table, this.#port).map(peer => [peer, before.get(peer) ?? now]))
    this.#isLooking = false
  }

  /** Whether nothing has reached this peer for as long as a line may be dead. */
  isDead(address: string, port: number, now: number): boolean {
    if (this.#since.size === 0) return false
    const since = this.#since.get(tableKey(address, port))
    return since !== undefined && now - since >= this.#deadMillis - this.#interval
  }
}

function bytesOfIpv6(address: string): number[] {
  const [head = '', tail] = address.split('%', 1).join('').split('::')
  const first = groupsOf(head)
  const last = groupsOf(tail ?? '')
  const groups = [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last]
  return groups.flatMap(group => [group >> 8, group & 0xff])
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16))
}

function hex(bytes: readonly number[]): string {
  return bytes.map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join('')
}

async function readTables(): Promise<string> {
  const tables = await Promise.all(TABLES.map(table => promises.readFile(table, 'latin1').catch(() => '')))
  return tables.join('\n')
}
