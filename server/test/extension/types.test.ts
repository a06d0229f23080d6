import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  BodyInputs,
  CallParamsOf,
  CommandOf,
  Contract,
  Messages,
  RequestOf,
  Requests,
  ResponseOf,
} from '@warren/codec/schema'
import { defineContract, defineExtension, type Room, refuseCall, SFSObject, t } from '../../src/index.ts'

const dice = defineContract({
  requests: {
    roll: {
      params: { sides: t.int({ min: 2 }), note: t.optional(t.string()), times: t.preset(t.int(), 1) },
      response: { eyes: t.intArray(), by: t.optional(t.string()) },
    },
    ready: {},
    raw: { params: t.sfsObject(), response: t.sfsObject() },
    'control.*': { params: { power: t.byte() } },
  },
  messages: { rolled: { by: t.string(), eyes: t.int(), color: t.preset(t.oneOf('red', 'blue'), 'red') } },
})

/** Two types are the same, not only assignable. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(..._proof: Same<A, B> extends true ? [] : [never]): void => undefined

/** What a typed client of a contract looks like. */
interface TypedClient<R extends Requests, M extends Messages> {
  call<N extends CommandOf<R>>(
    command: N,
    params: CallParamsOf<RequestOf<R, N>>,
  ): Promise<ResponseOf<RequestOf<R, N>>>
  on<N extends keyof M & string>(message: N, listener: (params: BodyInputs<M[N]>) => void): void
}

declare const client: typeof dice extends Contract<infer R, infer M> ? TypedClient<R, M> : never
declare const aRoom: Room

/** All of these are compiled and never run: each marked line must be an error, every other must not. */
const compiled = {
  inline: () =>
    defineExtension({
      config: { speed: t.preset(t.int(), 3), title: t.optional(t.string()), name: t.string() },
      requests: { roll: { params: { sides: t.int() }, response: { eyes: t.int() } }, ready: {} },
      messages: { rolled: { eyes: t.int() } },
      init(extension) {
        extension.handle({
          roll({ command, params, user }) {
            same<typeof command, string>()
            same<typeof params.sides, number>()
            same<typeof user.name, string>()
            // @ts-expect-error no such param
            params.side
            return { eyes: params.sides }
          },
          ready: () => undefined,
        })
        same<typeof extension.config.speed, number>()
        same<typeof extension.config.title, string | undefined>()
        same<typeof extension.config.name, string>()
        // @ts-expect-error no such key of the configuration
        extension.config.sped
        // @ts-expect-error a configuration does not change
        extension.config.speed = 4
        extension.send('rolled', { eyes: 3 }, extension.zone)
        extension.send('rolled', { eyes: 3 }, [...extension.zone.users])
        extension.send('rolled', { eyes: 3 }, aRoom)
        // @ts-expect-error no such message
        extension.send('roled', { eyes: 3 }, extension.zone)
        // @ts-expect-error another type
        extension.send('rolled', { eyes: '3' }, extension.zone)
        // @ts-expect-error a value is missing
        extension.send('rolled', {}, extension.zone)
        // @ts-expect-error nobody knows what else would be
        extension.send('rolled', { eyes: 3, more: 1 }, extension.zone)
        // @ts-expect-error nobody gets it
        extension.send('rolled', { eyes: 3 }, 'Kermit')
      },
    }),

  missingHandler: () =>
    defineExtension({
      requests: { roll: {}, ready: {} },
      init(extension) {
        // @ts-expect-error `ready` has no handler
        extension.handle({ roll: () => undefined })
      },
    }),

  wrongName: () =>
    defineExtension({
      requests: { roll: {} },
      init(extension) {
        // @ts-expect-error no such request
        extension.handle({ roll: () => undefined, rol: () => undefined })
      },
    }),

  missingResponse: () =>
    defineExtension({
      ...dice,
      init(extension) {
        extension.handle({
          // @ts-expect-error an answer was declared
          roll: () => undefined,
          ready: () => undefined,
          raw: ({ params }) => params,
          'control.*': () => undefined,
        })
      },
    }),

  wrongResponse: () =>
    defineExtension({
      ...dice,
      init(extension) {
        extension.handle({
          // @ts-expect-error the wrong type in the answer
          roll: async () => ({ eyes: 'three' }),
          ready: () => undefined,
          // @ts-expect-error a plain object is none of the wire
          raw: () => ({ a: 1 }),
          'control.*': () => undefined,
        })
      },
    }),

  spread: () =>
    defineExtension({
      ...dice,
      level: 'room',
      async init({ handle, on, send, room, api }) {
        same<typeof room, Room>()
        handle({
          roll: async ({ params }) => {
            same<typeof params.times, number>()
            same<typeof params.note, string | undefined>()
            if (params.sides > 6) refuseCall('too-many', 'Six at most')
            return { eyes: [params.sides] }
          },
          ready: async ({ params }) => {
            // @ts-expect-error nothing was declared
            params.sides
          },
          raw: ({ params }) => new SFSObject().putInt('size', params.size),
          'control.*': ({ command, params }) => {
            same<typeof command, string>()
            same<typeof params.power, number>()
          },
        })
        // What has a preset may be left out.
        send('rolled', { by: 'a', eyes: 1 }, room)
        send('rolled', { by: 'a', eyes: 1, color: 'blue' }, room)
        // @ts-expect-error none of the choices
        send('rolled', { by: 'a', eyes: 1, color: 'green' }, room)
        on('userJoinRoom', ({ user, room }) => api.leaveRoom(user, room))
        on('publicMessage', () => false)
        on('publicMessage', async ({ text }) => ({ text: text.trim() }))
        // @ts-expect-error no such event
        on('userJoinsRoom', () => undefined)
        // @ts-expect-error an event without a room
        on('userJoinZone', ({ room }) => room)
        // @ts-expect-error no text
        on('publicMessage', () => ({ text: 5 }))
        // @ts-expect-error no such level
        on('userLogin', () => ({ privilegeId: 9 }))
      },
    }),

  zoneWithoutRoom: () =>
    defineExtension({
      init({ room, zone }) {
        same<typeof room, undefined>()
        // @ts-expect-error the extension of a zone has no room
        room.name
        same<typeof zone.name, string>()
      },
    }),

  zoneByName: () =>
    defineExtension({
      level: 'zone',
      init(extension) {
        // @ts-expect-error the extension of a zone has no room
        extension.room.users
      },
    }),

  // @ts-expect-error there are zones and rooms
  otherLevel: () => defineExtension({ level: 'server', init() {} }),

  // @ts-expect-error a shape is made with `t`
  noShape: () => defineExtension({ requests: { roll: { params: { sides: 'int' } } }, init() {} }),

  // @ts-expect-error an extension starts with `init`
  noInit: () => defineExtension({ requests: {} }),

  state: () =>
    defineExtension({
      init: () => ({ round: 1 }),
      reload(_extension, state) {
        same<typeof state, { round: number }>()
        return { round: state.round + 1 }
      },
      destroy(state) {
        same<typeof state.round, number>()
        // @ts-expect-error no such value of the state
        state.rounds
      },
    }),

  client: async () => {
    const answer = await client.call('roll', { sides: 6 })
    same<typeof answer.eyes, readonly number[]>()
    same<typeof answer.by, string | undefined>()
    same<Awaited<ReturnType<typeof ready>>, undefined>()
    await client.call('control.fire', { power: 3 })
    await client.call('roll', { sides: 6, note: 'x', times: 2 })
    // @ts-expect-error no such command
    await client.call('rol', { sides: 6 })
    // @ts-expect-error no such prefix
    await client.call('contro.fire', { power: 3 })
    // @ts-expect-error params of a prefix are checked
    await client.call('control.fire', { power: '3' })
    // @ts-expect-error no such param
    await client.call('roll', { side: 6 })
    // @ts-expect-error no such value in the answer
    answer.eye
    client.on('rolled', ({ by }) => same<typeof by, string>())
    // @ts-expect-error no such message
    client.on('roled', () => undefined)
  },
}

const ready = () => client.call('ready', {})

test('what an extension and its clients say to each other is checked by the compiler', () => {
  for (const [name, use] of Object.entries(compiled)) assert.equal(typeof use, 'function', name)
})

test('a contract is plain data, and empty where nothing was said', () => {
  assert.deepEqual(Object.keys(dice.requests), ['roll', 'ready', 'raw', 'control.*'])
  const { requests, messages } = defineContract({})
  assert.deepEqual([requests, messages], [{}, {}])
})
