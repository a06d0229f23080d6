import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { defineExtension, t } from '@warren/server'
import { TestServer } from '@warren/server/internal'
import fc from 'fast-check'
import { MemoryWire } from '../src/client/memory-wire.ts'
import type { RawClient } from '../src/client/raw-client.ts'
import { type ResumingLine, resumingClient } from '../src/client/resuming-client.ts'
import { ZONES } from '../src/target/zones.ts'

/** What may happen, in any order. Numbers are messages or bytes. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('ask' as const), n: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('tell' as const), n: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 9,
    arbitrary: fc.record({ does: fc.constant('up' as const), n: fc.integer({ min: 1, max: 900 }) }),
  },
  {
    weight: 9,
    arbitrary: fc.record({ does: fc.constant('down' as const), n: fc.integer({ min: 1, max: 900 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('cut' as const), n: fc.integer({ min: 0, max: 2 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('wait' as const), n: fc.integer({ min: 50, max: 600 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Which kind of line comes next, over and over. */
const transports = fc.array(fc.constantFrom('stream' as const, 'message' as const), {
  minLength: 1,
  maxLength: 5,
})

/** More bytes than are ever under way. */
const EVERYTHING = 1 << 20

let cuts = 0

/** Somebody who counts, on a server in memory, and everything that reached either end. */
class Trial {
  readonly asked: number[] = []
  readonly told: number[] = []
  readonly #server = new TestServer({
    zones: ZONES.map(zone =>
      zone.name === 'BHHrc'
        ? { ...zone, userReconnectionSeconds: 30_000, extensions: [{ name: 'asking', config: {} }] }
        : zone,
    ),
    extensions: {
      asking: defineExtension({
        requests: { ask: { params: { n: t.int() } } },
        init: ({ handle }) => handle({ ask: ({ params }) => void this.asked.push(params.n) }),
      }),
    },
  })
  readonly #wires: MemoryWire[] = []
  readonly #kinds: readonly ('stream' | 'message')[]
  #client: RawClient<ResumingLine> | undefined
  #asks = 0
  #tells = 0

  constructor(kinds: readonly ('stream' | 'message')[]) {
    this.#kinds = kinds
  }

  get #api() {
    return this.#server.core.api
  }

  async begin(): Promise<void> {
    await this.#server.start()
    const connecting = resumingClient(
      onPacket => {
        const framing = this.#kinds[this.#wires.length % this.#kinds.length] ?? 'stream'
        const wire = new MemoryWire(this.#server, framing, onPacket)
        this.#wires.push(wire)
        return Promise.resolve(wire)
      },
      { retryMillis: 0, maxAttempts: 100_000 },
    )
    await this.#flow()
    this.#client = await connecting
    this.#client.request('Login', { zoneName: 'BHHrc', userName: 'ann', password: '' })
    await this.#flow()
    await this.#client.expect('Login')
  }

  async carryOut({ does, n }: Step): Promise<void> {
    switch (does) {
      case 'ask':
        for (let i = 0; i < n; i++) this.#ask()
        break
      case 'tell':
        for (let i = 0; i < n; i++) this.#tell()
        break
      case 'up':
        for (const wire of this.#wires) wire.up(n)
        break
      case 'down':
        for (const wire of this.#wires) wire.down(n)
        break
      case 'cut':
        this.#cut(n)
        break
      case 'wait':
        await this.#server.advance(n)
        break
    }
    await this.#server.settle()
  }

  /** Lets everything arrive, and gives what came besides what was counted. */
  async end(): Promise<void> {
    await this.#flow()
    for (const message of this.#client?.unread() ?? []) {
      if (message.name === 'ExtensionResponse') this.told.push(message.fields.params.getInt('n') ?? -1)
    }
    assert.equal(this.#client?.line.fault, undefined)
    assert.deepEqual(this.asked, upTo(this.#asks), 'what the server was asked')
    assert.deepEqual(this.told, upTo(this.#tells), 'what the client was told')
    assert.equal(this.#server.counters.faults, 0)
  }

  leave(): void {
    this.#client?.line.abort()
  }

  #ask(): void {
    const params = new SFSObject().putInt('n', this.#asks++)
    this.#client?.request('CallExtension', { command: 'ask', roomId: -1, params })
  }

  #tell(): void {
    const zone = this.#api.zone('BHHrc')
    const user = zone.userByName('ann')
    assert.ok(user, 'the user was lost')
    this.#api.send(zone, 'tell', new SFSObject().putInt('n', this.#tells++), [user])
  }

  /** Cuts the newest line: for both ends at once, or for one of them long before the other. */
  #cut(who: number): void {
    const wire = this.#wires.at(-1)
    if (wire === undefined) return
    cuts++
    if (who !== 1) wire.loseAtServer()
    if (who !== 2) wire.loseAtClient()
  }

  /** Moves everything on, and lets both ends hear of every cut, until nothing happens any more. */
  async #flow(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet++) {
      for (const wire of this.#wires) {
        if (wire.isCut) wire.close()
        if (wire.up(EVERYTHING) || wire.down(EVERYTHING)) quiet = 0
      }
      await this.#server.settle()
    }
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

test('whatever breaks when, nothing is lost, doubled or out of order [P-8.6]', async t => {
  await fc.assert(
    fc.asyncProperty(transports, fc.array(step, { minLength: 40, maxLength: 120 }), async (kinds, steps) => {
      const trial = new Trial(kinds)
      try {
        await trial.begin()
        for (const each of steps) await trial.carryOut(each)
        await trial.end()
      } finally {
        trial.leave()
      }
    }),
    { numRuns: 1500 },
  )
  t.diagnostic(`${cuts} cuts`)
  assert.ok(cuts > 4000, `${cuts} cuts`)
})
