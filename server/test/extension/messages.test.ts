import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { defineExtension } from '../../src/extension/definition.ts'
import type { AnyDefinition } from '../../src/extension/instance.ts'
import type { MessageVerdict, ServerEvents } from '../../src/extension/server-events.ts'
import { later, plain, Stage, type Visitor } from './support/stage.ts'

type Verdict = MessageVerdict | Promise<MessageVerdict>
type Public = ServerEvents['publicMessage']

const judging = (judge: (message: Public) => Verdict, level: 'zone' | 'room' = 'zone'): AnyDefinition =>
  defineExtension({ level, init: ({ on }) => on('publicMessage', judge) })

interface Talk {
  readonly stage: Stage
  readonly ann: Visitor
  readonly bob: Visitor
}

async function talk(extensions: Readonly<Record<string, AnyDefinition>>, limits = {}): Promise<Talk> {
  const stage = await Stage.open({
    extensions,
    limits,
    rooms: [{ name: 'Den', extensions: 'room' in extensions ? [{ name: 'room', config: {} }] : [] }],
  })
  const ann = await stage.enter('ann', 'Lobby', 'Den')
  const bob = await stage.enter('bob', 'Lobby', 'Den')
  ann.heard()
  return { stage, ann, bob }
}

const texts = (visitor: Visitor) =>
  visitor.messages().flatMap(message => (message.name === 'PublicMessage' ? [message.fields.message] : []))

for (const when of ['at once', 'later'] as const) {
  const judged = (judge: (message: Public) => MessageVerdict) =>
    judging(when === 'later' ? async message => judge(message) : judge)

  describe(`a handler of messages that decides ${when}`, () => {
    test('may say nothing', async () => {
      const { ann, bob } = await talk({ mod: judged(() => undefined) })
      await ann.say('hello')
      assert.deepEqual([texts(ann), texts(bob)], [['hello'], ['hello']])
    })

    test('may keep a message from everybody, the sender included', async () => {
      const { stage, ann, bob } = await talk({
        mod: judged(({ text }) => (text === 'bad' ? false : undefined)),
      })
      await ann.say('bad')
      await ann.say('good')
      assert.deepEqual([texts(ann), texts(bob)], [['good'], ['good']])
      assert.equal(stage.server.counters.refusals.get('message-vetoed'), 1)
    })

    test('may change text and params, each alone', async () => {
      const { stage, ann, bob } = await talk({
        mod: judged(({ text }) =>
          text === 'a' ? { text: 'b' } : { params: new SFSObject().putInt('n', 1) },
        ),
      })
      const { id } = stage.room('Lobby')
      const params = new SFSObject().putInt('n', 9)
      for (const message of ['a', 'c']) {
        await ann.ask('PublicMessage', { roomId: id, userId: ann.user.id, message, params })
      }
      assert.deepEqual(
        bob
          .messages()
          .map(heard => heard.name === 'PublicMessage' && [heard.fields.message, plain(heard.fields.params)]),
        [
          ['b', { n: 9 }],
          ['c', { n: 1 }],
        ],
      )
    })

    test('may fail, and has no say then', async () => {
      const { stage, ann, bob } = await talk({
        mod: judged(() => {
          throw new Error('no')
        }),
      })
      await ann.say('hello')
      assert.deepEqual(texts(bob), ['hello'])
      assert.deepEqual(stage.faults('mod'), { error: 1 })
    })

    const NONSENSE = [null, true, 5, 'text', { text: 5 }, { text: null }, { params: { a: 1 } }]
    for (const verdict of NONSENSE) {
      test(`may return ${JSON.stringify(verdict)}, which changes nothing`, async () => {
        const { stage, ann, bob } = await talk({ mod: judged(() => verdict as never) })
        await ann.say('hello')
        assert.deepEqual(texts(bob), ['hello'])
        assert.equal(stage.server.counters.faults, 0)
      })
    }

    test('may return what cannot even be looked at, which is a fault of the extension', async () => {
      const trap = {
        get text(): string {
          throw new Error('no text')
        },
      }
      const { stage, ann, bob } = await talk({ mod: judged(() => trap) })
      await ann.say('hello')
      assert.deepEqual(texts(bob), ['hello'])
      assert.equal(stage.server.counters.faults, 0)
      assert.deepEqual(stage.faults('mod'), { error: 1 })
    })

    test('is asked in the room first, then in the zone, and later ones see what earlier ones changed', async () => {
      const seen: string[] = []
      const adds = (mark: string) =>
        judged(({ text, room }) => {
          seen.push(`${mark} ${room.name} ${text}`)
          return { text: text + mark }
        })
      const room = defineExtension({
        level: 'room',
        init({ on }) {
          on('publicMessage', ({ text }) => {
            seen.push(`room ${text}`)
            return { text: `${text}r` }
          })
        },
      })
      const { ann, bob } = await talk({ one: adds('1'), two: adds('2'), room })
      await ann.say('x', 'Den')
      await ann.say('y', 'Lobby')
      assert.deepEqual(texts(bob), ['xr12', 'y12'])
      assert.deepEqual(seen, ['room x', '1 Den xr', '2 Den xr1', '1 Lobby y', '2 Lobby y1'])
    })

    test('is the last to be asked when it vetoes', async () => {
      const seen: string[] = []
      const { ann, bob } = await talk({
        one: judged(() => false),
        two: judged(() => {
          seen.push('two')
          return undefined
        }),
      })
      await ann.say('x')
      assert.deepEqual([texts(bob), seen], [[], []])
    })
  })
}

describe('while a message is judged', () => {
  const slow = () => {
    const gates: ReturnType<typeof later<MessageVerdict>>[] = []
    const mod = judging(({ text }) => {
      if (!text.startsWith('slow')) return undefined
      const gate = later<MessageVerdict>()
      gates.push(gate)
      return gate.promise
    })
    return { gates, mod }
  }

  test('the other requests of the sender wait in order, those of others do not', async () => {
    const { gates, mod } = slow()
    const { stage, ann, bob } = await talk({ mod })
    const { id } = stage.room('Lobby')
    const say = (message: string) => ann.line.send('PublicMessage', { roomId: id, userId: 0, message })
    for (const message of ['one', 'slow', 'two', 'slow again', 'three']) say(message)
    await stage.settle()
    await bob.say('mine')
    assert.deepEqual(texts(bob), ['one', 'mine'])
    gates[0]?.resolve(undefined)
    await stage.settle()
    assert.deepEqual(texts(bob), ['slow', 'two'])
    gates[1]?.resolve(false)
    await stage.settle()
    assert.deepEqual(texts(bob), ['three'])
  })

  test('the sender may go, or leave the room: nobody hears it', async () => {
    const { gates, mod } = slow()
    const { stage, ann, bob } = await talk({ mod })
    await ann.say('slow')
    stage.api.leaveRoom(ann.user, stage.room('Lobby'))
    gates[0]?.resolve({ text: 'changed' })
    await stage.settle()
    assert.deepEqual(texts(bob), [])
    await ann.say('slow', 'Den')
    ann.line.close('lost')
    await stage.settle()
    gates[1]?.resolve(undefined)
    await stage.settle()
    assert.deepEqual(texts(bob), [])
    assert.equal(stage.server.counters.faults, 0)
  })

  test('a handler that takes too long has no say', async () => {
    const { mod } = slow()
    const { stage, ann, bob } = await talk({ mod })
    await ann.say('slow')
    await stage.advance(29_999)
    assert.deepEqual(texts(bob), [])
    await stage.advance(1)
    assert.deepEqual(texts(bob), ['slow'])
    assert.deepEqual(stage.faults('mod'), { timeout: 1 })
  })

  test('too many messages behind one end the line', async () => {
    const { mod } = slow()
    const stage = await Stage.open({ extensions: { mod }, maxWaitingRequests: 2 })
    const ann = await stage.enter('ann', 'Lobby')
    const { id } = stage.room('Lobby')
    for (const message of ['slow', 'a', 'b', 'c'])
      ann.line.send('PublicMessage', { roomId: id, userId: 0, message })
    await stage.settle()
    assert.ok(ann.line.isClosed)
  })
})

describe('private messages', () => {
  const whisper = async (from: Visitor, to: Visitor, message: string) =>
    from.ask('PrivateMessage', { recipientId: to.user.id, message })

  test('are judged in the zone, not in rooms', async () => {
    const seen: string[] = []
    const zone = defineExtension({
      init({ on }) {
        on('privateMessage', async ({ user, recipient, text, params }) => {
          seen.push(`${user.name} to ${recipient.name}: ${text} ${params?.size ?? '-'}`)
          return text === 'bad' ? false : { text: `${text}!` }
        })
        on('publicMessage', () => {
          seen.push('public')
          return undefined
        })
      },
    })
    const room = defineExtension({
      level: 'room',
      init: ({ on }) =>
        on('privateMessage', () => {
          seen.push('room')
          return undefined
        }),
    })
    const { ann, bob } = await talk({ zone, room })
    await whisper(ann, bob, 'hey')
    await whisper(ann, bob, 'bad')
    assert.deepEqual(
      bob.messages().map(message => message.name === 'PrivateMessage' && message.fields.message),
      ['hey!'],
    )
    assert.deepEqual(seen, ['ann to bob: hey -', 'ann to bob: bad -'])
  })

  test('whose recipient goes meanwhile are told to nobody', async () => {
    const gate = later()
    const slow = defineExtension({
      init({ on }) {
        on('privateMessage', async () => {
          await gate.promise
        })
      },
    })
    const { stage, ann, bob } = await talk({ slow })
    await whisper(ann, bob, 'hey')
    bob.line.close('lost')
    await stage.settle()
    ann.heard()
    gate.resolve()
    await stage.settle()
    assert.deepEqual(ann.heard(), [])
    assert.equal(stage.server.counters.refusals.get('recipient-unknown'), 1)
  })
})

test('messages of the server itself are not judged', async () => {
  const { stage, ann, bob } = await talk({ mod: judging(() => false) })
  stage.api.sendPublicMessage(ann.user, stage.room('Lobby'), 'from the server')
  await stage.settle()
  assert.deepEqual(texts(bob), ['from the server'])
})

test('a stopped extension has no say', async () => {
  const { stage, ann, bob } = await talk(
    {
      mod: judging(({ text }) => {
        if (text === 'boom') throw new Error('no')
        return false
      }),
    },
    { maxFaults: 1 },
  )
  await ann.say('boom')
  await ann.say('after')
  assert.deepEqual(texts(bob), ['boom', 'after'])
  assert.deepEqual(stage.faults('mod'), { error: 1, stopped: 1 })
})
