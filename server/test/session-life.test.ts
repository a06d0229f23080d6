import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  encodePacket,
  encodeRequest,
  PacketFlags,
  type RequestFields,
  type RequestName,
  SFSObject,
} from '@warren/codec'
import { aesCipher } from '@warren/codec/node'
import fc from 'fast-check'
import { defineExtension } from '../src/extension/definition.ts'
import { TestServer } from '../src/internal.ts'
import type { CloseReason } from '../src/transport/connection.ts'
import { Client } from './support/client.ts'
import { zoneSettings } from './support/settings.ts'

const ZONE = { userReconnectionSeconds: 5, forceLogout: true, extensions: [{ name: 'slow', config: {} }] }
const API = { apiVersion: '1.7.5' }
const ENDS = ['lost', 'lost', 'client', 'client', 'slow-client'] as const satisfies readonly CloseReason[]
const CLIENTS = 4
/** What is outside the count [P-8.6.3]. */
const OUTSIDE: ReadonlySet<string> = new Set(['Handshake', 'Acknowledge', 'ReconnectionFailure'])
/** Fewer than clients, so that they meet. */
const NAMES = 3

/** What a client says that it has got, if it says anything. */
type Count = number | 'right' | undefined

type Step =
  | {
      readonly do: 'play' | 'greet' | 'login' | 'logout' | 'leave' | 'slow' | 'say' | 'key' | 'kick' | 'force'
      readonly who: number
    }
  | { readonly do: 'lose'; readonly who: number; readonly reason: CloseReason }
  | { readonly do: 'return'; readonly who: number; readonly as: number; readonly count: Count }
  | { readonly do: 'garbage'; readonly who: number; readonly bytes: Uint8Array }
  | { readonly do: 'go on' | 'notice' | 'slow logins' }
  | { readonly do: 'wait'; readonly millis: number }

const who = fc.nat(CLIENTS - 1)
const action = fc.record({
  do: fc.constantFrom('greet', 'login', 'logout', 'leave', 'slow', 'say', 'say', 'key', 'kick', 'force'),
  who,
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: action },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('play' as const), who }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('lose' as const), who, reason: fc.constantFrom(...ENDS) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('return' as const),
      who,
      as: who,
      count: fc.constantFrom<Count>('right', 'right', undefined, 0, 3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('garbage' as const),
      who,
      bytes: fc.uint8Array({ maxLength: 40 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('go on' as const, 'notice' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slow logins' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), millis: fc.constantFrom(50, 900, 2000, 6000) }),
  },
)

/** Some clients, their lines and what they know. */
class Stage {
  readonly server: TestServer
  readonly events: string[] = []
  readonly #lines: (Client | undefined)[] = new Array<undefined>(CLIENTS).fill(undefined)
  readonly #tokens: string[] = new Array<string>(CLIENTS).fill('')
  readonly #ciphers = new Map<Client, ReturnType<typeof aesCipher>>()
  readonly #waiting: (() => void)[] = []
  /** Packets that the client got, by whose token it was. */
  readonly #got = new Array<number>(CLIENTS).fill(0)
  readonly #known = new Set<string>()
  #hasSlowLogins = false

  constructor() {
    this.server = new TestServer({
      zones: [
        zoneSettings({ ...ZONE, name: 'Test' }),
        zoneSettings({ ...ZONE, name: 'Secret', isEncrypted: true }),
      ],
      maxWaitingRequests: 3,
      maxFrozenBytes: 2000,
      login: { Test: async () => (this.#hasSlowLogins ? await this.#later() : undefined) },
      extensions: {
        slow: defineExtension({
          requests: { slow: {} },
          init: ({ handle, on }) => {
            handle({ slow: () => this.#later() })
            on('userJoinZone', ({ user }) => void this.events.push(`join ${user.id}`))
            on('userLogout', ({ user }) => void this.events.push(`gone ${user.id}`))
            on('userDisconnect', ({ user }) => void this.events.push(`gone ${user.id}`))
          },
        }),
      },
    })
  }

  async take(step: Step): Promise<void> {
    const { core } = this.server
    switch (step.do) {
      case 'play':
        await this.take({ do: 'greet', who: step.who })
        await this.take({ do: 'login', who: step.who })
        break
      case 'slow logins':
        this.#hasSlowLogins = !this.#hasSlowLogins
        break
      case 'greet':
        this.#ask(step.who, 'Handshake', step.who % 2 === 0 ? API : { ...API, keptBytes: 1000 })
        break
      case 'login':
        this.#ask(step.who, 'Login', {
          zoneName: this.#zoneOf(step.who),
          userName: `n${step.who % NAMES}`,
          password: '',
        })
        break
      case 'logout':
        this.#ask(step.who, 'Logout', {})
        break
      case 'leave':
        this.#ask(step.who, 'ManualDisconnection', {})
        break
      case 'slow':
        this.#ask(step.who, 'CallExtension', { command: 'slow', params: new SFSObject(), roomId: -1 })
        break
      case 'say':
        this.#ask(step.who, 'PublicMessage', { roomId: 0, message: 'x'.repeat(300) })
        break
      case 'key': {
        const client = this.#lines[step.who]
        const secret = core.giveKey(this.#tokens[step.who] ?? '')
        if (client !== undefined && secret !== undefined) this.#ciphers.set(client, aesCipher(secret))
        break
      }
      case 'lose':
        this.#lines[step.who]?.end(step.reason)
        this.#lines[step.who] = undefined
        break
      case 'return': {
        const count = step.count === 'right' ? this.#got[step.as] : step.count
        this.#ask(step.who, 'Handshake', {
          ...API,
          reconnectionToken: this.#tokens[step.as] ?? '',
          ...(count === undefined ? {} : { receivedPackets: count, keptBytes: 1000 }),
        })
        break
      }
      case 'garbage':
        this.#client(step.who).send(step.bytes)
        break
      case 'kick':
      case 'force': {
        const user = core.zones.zone(this.#zoneOf(step.who))?.userByName(`n${step.who % NAMES}`)
        if (user !== undefined && step.do === 'kick') core.api.kick(user, { delaySeconds: 1 })
        if (user !== undefined && step.do === 'force') core.api.logOut(user)
        break
      }
      case 'go on':
        for (const done of this.#waiting.splice(0)) done()
        break
      case 'notice':
        this.#notice()
        break
      case 'wait':
        await this.server.advance(step.millis)
        break
    }
    await this.server.settle()
    await this.#listen()
  }

  /** Everybody goes, and time passes. */
  async finish(): Promise<void> {
    for (const done of this.#waiting.splice(0)) done()
    await this.server.settle()
    for (const client of this.#lines) client?.end('lost')
    this.#lines.fill(undefined)
    await this.server.advance(60_000)
    for (const done of this.#waiting.splice(0)) done()
    await this.server.advance(60_000)
  }

  check(): void {
    const { sessions, zones } = this.server.core
    assert.equal(this.server.counters.faults, 0)
    for (const session of sessions) {
      assert.notEqual(session.state, 'closed')
      assert.ok(session.link !== undefined || session.state === 'frozen' || session.state === 'leaving')
      assert.ok(session.queuedBytes <= 5000)
      assert.ok((session.waiting?.length ?? 0) <= 3)
      if (session.identity === undefined) continue
      assert.equal(sessions.ofUser(session.identity.id), session)
      assert.ok(zones.zone(session.identity.zoneName)?.user(session.identity.id))
    }
    for (const zone of zones) for (const { id } of zone.users) assert.ok(sessions.ofUser(id))
  }

  checkEmpty(): void {
    const { sessions, zones } = this.server.core
    const users = Array.from(zones, zone => zone.userCount)
    assert.deepEqual([sessions.size, sessions.keyed.size, ...users], [0, 0, 0, 0])
    for (const token of this.#known) assert.equal(sessions.ofToken(token), undefined)
    const joined = this.events.filter(event => event.startsWith('join'))
    const gone = this.events.filter(event => event.startsWith('gone'))
    assert.deepEqual(gone.map(event => event.slice(5)).sort(), joined.map(event => event.slice(5)).sort())
  }

  /** Who encrypts goes where that is asked for. */
  #zoneOf(index: number): string {
    const client = this.#lines[index]
    return client !== undefined && this.#ciphers.has(client) ? 'Secret' : 'Test'
  }

  #later(): Promise<undefined> {
    return new Promise(resolve => this.#waiting.push(() => resolve(undefined)))
  }

  #client(index: number): Client {
    const known = this.#lines[index]
    if (known !== undefined) return known
    const client = new Client(this.server, 'stream')
    this.#lines[index] = client
    return client
  }

  #ask<N extends RequestName>(index: number, name: N, fields: RequestFields<N>): void {
    const client = this.#client(index)
    const cipher = this.#ciphers.get(client)
    client.send(encodePacket(encodeRequest(name, fields), cipher === undefined ? {} : { cipher }))
  }

  /** Lines that the server closed are gone. */
  #notice(): void {
    for (const [index, client] of this.#lines.entries()) {
      const reason = client?.line.closed ?? client?.line.destroyed
      if (client === undefined || reason === undefined) continue
      this.#lines[index] = undefined
      client.end(reason)
    }
  }

  /** Clients learn their tokens; what is encrypted tells of none here. */
  async #listen(): Promise<void> {
    for (const [index, client] of this.#lines.entries()) {
      if (client === undefined) continue
      const sends = client.line.sends.map(packets =>
        packets.filter(({ bytes }) => ((bytes[0] ?? 0) & PacketFlags.ENCRYPTED) === 0),
      )
      client.line.sends.splice(0, Number.POSITIVE_INFINITY, ...sends)
      for (const { name, fields } of await client.heard()) {
        if (!OUTSIDE.has(name)) this.#got[index] = (this.#got[index] ?? 0) + 1
        if (name !== 'Handshake' || typeof fields.token !== 'string') continue
        if (!this.#known.has(fields.token)) this.#got[index] = 0
        this.#tokens[index] = fields.token
        this.#known.add(fields.token)
      }
    }
  }
}

test('whatever clients, lines and hosts do, each session has a line or waits, each user goes once, nothing stays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async steps => {
      const stage = new Stage()
      await stage.server.start()
      for (const step of steps) {
        await stage.take(step)
        stage.check()
      }
      await stage.finish()
      stage.checkEmpty()
    }),
    { numRuns: 100 },
  )
})
