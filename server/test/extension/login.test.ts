import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { ERRORS, RequestError } from '../../src/errors.ts'
import { defineExtension } from '../../src/extension/definition.ts'
import type { AnyDefinition } from '../../src/extension/instance.ts'
import {
  type LoginAttempt,
  type LoginDecision,
  type LoginError,
  type LoginHook,
  refuseLogin,
} from '../../src/extension/login.ts'
import { passwordProof } from '../../src/session/token.ts'
import { later, plain, Stage, type Visitor } from './support/stage.ts'

type Decide = (attempt: LoginAttempt) => LoginDecision | undefined | Promise<LoginDecision | undefined>

const deciding = (decide: Decide): AnyDefinition =>
  defineExtension({ init: ({ on }) => on('userLogin', decide) })

const login = async (stage: Stage, name = 'ann', more: Parameters<Visitor['logIn']>[1] = {}) => {
  const visitor = await stage.arrive()
  await visitor.logIn(name, more)
  return visitor
}

const CHECK_FAILED = 'failure 28 The login could not be checked, try again later'

describe('a login handler', () => {
  test('sees who wants in, and may ask for the password', async () => {
    const seen: LoginAttempt[] = []
    await using stage = await Stage.open({
      extensions: {
        door: deciding(attempt => {
          seen.push(attempt)
          return undefined
        }),
      },
    })
    const visitor = await stage.arrive()
    const [handshake] = visitor.line.heard
    assert.ok(handshake?.name === 'Handshake')
    const password = passwordProof(handshake.fields.token, 'secret')
    await visitor.logIn('ann', { password, params: new SFSObject().putInt('age', 3) })
    const [attempt] = seen
    assert.ok(attempt)
    assert.deepEqual(
      [attempt.zone, attempt.userName, attempt.address, attempt.hasPassword, plain(attempt.params)],
      ['Test', 'ann', '127.0.0.1', true, { age: 3 }],
    )
    assert.deepEqual([attempt.checkPassword('secret'), attempt.checkPassword('Secret')], [true, false])
  })

  test('may wait, rename, give a privilege, data and properties', async () => {
    const gate = later()
    await using stage = await Stage.open({
      extensions: {
        door: deciding(async () => {
          await gate.promise
          return {
            userName: 'Ann of the Hill',
            privilegeId: 2,
            data: new SFSObject().putInt('score', 7),
            properties: { account: 5 },
          }
        }),
      },
    })
    const visitor = await login(stage)
    assert.deepEqual(visitor.heard(), [])
    gate.resolve()
    await stage.settle()
    const [message] = visitor.messages()
    assert.ok(message?.name === 'Login')
    assert.deepEqual(
      [message.fields.userName, message.fields.privilegeId, plain(message.fields.params)],
      ['Ann of the Hill', 2, { score: 7 }],
    )
    const user = stage.zone.userByName('Ann of the Hill')
    assert.equal(user?.properties.get('account'), 5)
  })

  test('that decides nothing lets a name in as a standard user and a guest as a guest', async () => {
    await using stage = await Stage.open({ extensions: { door: deciding(() => undefined) } })
    await login(stage)
    await login(stage, '')
    assert.deepEqual(
      Array.from(stage.zone.users, ({ name, privilegeId }) => [name, privilegeId]),
      [
        ['ann', 1],
        [`Guest#${stage.zone.userByName('ann')?.id === 0 ? 1 : 0}`, 0],
      ],
    )
  })

  test('may make a guest of a name and name a guest', async () => {
    const swap = deciding(({ userName }) => ({ userName: userName === '' ? 'nobody' : '' }))
    await using stage = await Stage.open({ extensions: { swap } })
    await login(stage, '')
    await login(stage, 'ann')
    const names = Array.from(stage.zone.users, ({ name }) => name)
    assert.equal(names[0], 'nobody')
    assert.match(names[1] ?? '', /^Guest#/)
  })

  test('cannot get anybody past the rules of the zone', async () => {
    await using stage = await Stage.open({ extensions: { twin: deciding(() => ({ userName: 'twin' })) } })
    await login(stage, 'a')
    const second = await login(stage, 'b')
    assert.deepEqual(second.heard(), ['failure 6 twin Test'])
  })

  const LOGIN_ERRORS: readonly LoginError[] = [
    'user-unknown',
    'password-wrong',
    'user-banned',
    'zone-full',
    'name-taken',
    'server-full',
    'zone-inactive',
    'name-has-bad-words',
    'guests-refused',
    'address-banned',
    'generic',
  ]
  for (const error of LOGIN_ERRORS) {
    for (const when of ['at once', 'later'] as const) {
      test(`may refuse ${when} with ${error}`, async () => {
        const { code, args } = ERRORS[error]
        const texts = args.map((_, index) => `text ${index}`)
        await using stage = await Stage.open({
          extensions: {
            door: deciding(
              when === 'later'
                ? async () => refuseLogin(error, ...texts)
                : () => refuseLogin(error, ...texts),
            ),
          },
        })
        const visitor = await login(stage)
        assert.deepEqual(visitor.heard(), [[`failure ${code}`, ...texts].join(' ')])
        assert.deepEqual(stage.faults('door'), {})
        assert.equal(stage.zone.userCount, 0)
      })
    }
  }

  test('that refuses with too few words is a fault', async () => {
    await using stage = await Stage.open({ extensions: { door: deciding(() => refuseLogin('name-taken')) } })
    const visitor = await login(stage)
    assert.deepEqual(visitor.heard(), [CHECK_FAILED])
    assert.deepEqual(stage.faults('door'), { error: 1 })
  })

  test('that fails, or takes too long, lets nobody in, and the line may try again', async () => {
    const decisions: Decide[] = [
      () => {
        throw new Error('no')
      },
      async () => {
        throw new Error('later')
      },
      () => new Promise(() => undefined),
      () => undefined,
    ]
    await using stage = await Stage.open({
      extensions: { door: deciding(attempt => decisions.shift()?.(attempt)) },
    })
    const visitor = await login(stage)
    await visitor.logIn('ann')
    assert.deepEqual(visitor.heard(), [CHECK_FAILED, CHECK_FAILED])
    await visitor.logIn('ann')
    await stage.advance(30_000)
    assert.deepEqual(visitor.heard(), [CHECK_FAILED])
    await visitor.logIn('ann')
    assert.deepEqual(visitor.heard(), ['Login'])
    assert.deepEqual(stage.faults('door'), { error: 2, timeout: 1 })
    assert.equal(stage.server.counters.faults, 0)
  })

  const NONSENSE: readonly (readonly [what: string, decision: unknown])[] = [
    ['a number as a name', { userName: 5 }],
    ['an unknown privilege', { privilegeId: 9 }],
    ['plain data', { data: { score: 7 } }],
    ['text as properties', { properties: 'x' }],
  ]
  for (const [what, decision] of NONSENSE) {
    test(`that decides nonsense, ${what}, lets nobody in`, async () => {
      await using stage = await Stage.open({
        extensions: { door: deciding(() => decision as LoginDecision) },
      })
      const visitor = await login(stage)
      assert.deepEqual(visitor.heard(), [CHECK_FAILED])
      assert.deepEqual(stage.faults('door'), { error: 1 })
      assert.equal(stage.zone.userCount, 0)
    })
  }

  test('that returns null decides nothing', async () => {
    await using stage = await Stage.open({ extensions: { door: deciding(() => null as never) } })
    assert.deepEqual((await login(stage)).heard(), ['Login'])
  })

  test('whose data no message can hold lets nobody in, and the line may try again', async () => {
    const data = new SFSObject().putUtfString('long', 'x'.repeat(40_000))
    const decisions = [{ data }, {}]
    await using stage = await Stage.open({ extensions: { door: deciding(() => decisions.shift()) } })
    const visitor = await login(stage)
    assert.deepEqual(visitor.heard(), [CHECK_FAILED])
    assert.equal(stage.zone.userCount, 0)
    await visitor.logIn('ann')
    assert.deepEqual(visitor.heard(), ['Login'])
  })
})

describe('several login handlers', () => {
  test('are asked one after the other, with the name that the one before gave', async () => {
    const seen: string[] = []
    const rename = (from: string, to: string, more: LoginDecision = {}): AnyDefinition =>
      deciding(async ({ userName }) => {
        await Promise.resolve()
        seen.push(`${from} sees ${userName}`)
        return { userName: to, ...more }
      })
    const login: LoginHook = ({ userName }) => {
      seen.push(`host sees ${userName}`)
      return { userName: 'hosted', privilegeId: 3, properties: { host: 1, both: 'host' } }
    }
    await using stage = await Stage.open({
      login,
      extensions: {
        one: rename('one', 'first', { privilegeId: 2, properties: { one: 1, both: 'one' } }),
        two: rename('two', 'second', { data: new SFSObject().putInt('two', 2) }),
      },
    })
    const visitor = await stage.arrive()
    await visitor.logIn('ann')
    assert.deepEqual(seen, ['host sees ann', 'one sees hosted', 'two sees first'])
    const { user } = visitor
    assert.deepEqual([user.name, user.privilegeId], ['second', 2])
    assert.deepEqual(Object.fromEntries(user.properties), { host: 1, both: 'one', one: 1 })
  })

  test('end with the first that refuses', async () => {
    const seen: string[] = []
    await using stage = await Stage.open({
      extensions: {
        one: deciding(() => refuseLogin('generic', 'No')),
        two: deciding(() => {
          seen.push('two')
          return undefined
        }),
      },
    })
    assert.deepEqual((await login(stage)).heard(), ['failure 28 No'])
    assert.deepEqual(seen, [])
  })

  test('are not asked when the host program refuses', async () => {
    const seen: string[] = []
    await using stage = await Stage.open({
      login: () => refuseLogin('password-wrong', 'ann'),
      extensions: {
        door: deciding(() => {
          seen.push('door')
          return undefined
        }),
      },
    })
    assert.deepEqual((await login(stage)).heard(), ['failure 3 ann'])
    assert.deepEqual(seen, [])
  })

  test('let nobody in when one of them was stopped for its faults', async () => {
    await using stage = await Stage.open({
      limits: { maxFaults: 1 },
      extensions: {
        door: deciding(() => {
          throw new Error('no')
        }),
      },
    })
    for (let turn = 0; turn < 2; turn++) assert.deepEqual((await login(stage)).heard(), [CHECK_FAILED])
    assert.deepEqual(stage.faults('door'), { error: 1, stopped: 1 })
  })
})

describe('while a login handler waits', () => {
  test('others log in, and what the client asks meanwhile is done once it is in', async () => {
    const gate = later()
    await using stage = await Stage.open({
      extensions: {
        door: deciding(async ({ userName }) => {
          if (userName === 'ann') await gate.promise
          return undefined
        }),
      },
    })
    const ann = await stage.arrive()
    ann.line.send('Login', { zoneName: 'Test', userName: 'ann', password: '' })
    ann.line.send('JoinRoom', { roomName: 'Lobby' })
    await stage.settle()
    const bob = await login(stage, 'bob')
    assert.deepEqual(bob.heard(), ['Login'])
    assert.deepEqual(ann.heard(), [])
    gate.resolve()
    await stage.settle()
    assert.deepEqual(ann.heard(), ['Login', 'JoinRoom', 'UserCountChange'])
  })

  test('the client may go, and is never in', async () => {
    const gate = later()
    const journal: string[] = []
    const door = defineExtension({
      init({ on }) {
        on('userLogin', async () => {
          await gate.promise
        })
        on('userJoinZone', () => journal.push('joined') as never)
        on('userDisconnect', () => journal.push('gone') as never)
      },
    })
    await using stage = await Stage.open({ extensions: { door } })
    const ann = await login(stage)
    ann.line.close('lost')
    await stage.settle()
    gate.resolve()
    await stage.settle()
    assert.equal(stage.zone.userCount, 0)
    assert.deepEqual(journal, [])
    assert.equal(stage.server.counters.faults, 0)
  })

  test('somebody else may take the name', async () => {
    const gates = [later(), later()]
    await using stage = await Stage.open({
      extensions: {
        door: deciding(async () => {
          await gates.shift()?.promise
          return undefined
        }),
      },
    })
    const [slow, fast] = gates
    const ann = await login(stage)
    const other = await login(stage)
    fast?.resolve()
    await stage.settle()
    slow?.resolve()
    await stage.settle()
    assert.deepEqual(other.heard(), ['Login'])
    assert.deepEqual(ann.heard(), ['failure 6 ann Test'])
  })

  test('a second login of the same line waits, and then finds it logged in', async () => {
    const gate = later()
    await using stage = await Stage.open({
      extensions: {
        door: deciding(async () => {
          await gate.promise
          return undefined
        }),
      },
    })
    const ann = await stage.arrive()
    ann.line.send('Login', { zoneName: 'Test', userName: 'ann', password: '' })
    ann.line.send('Login', { zoneName: 'Test', userName: 'eve', password: '' })
    await stage.settle()
    gate.resolve()
    await stage.settle()
    assert.deepEqual(ann.heard(), ['Login', 'failure 6 eve Test'])
  })
})

test('the extension of a room has no say in logins', async () => {
  const nosy = defineExtension({ level: 'room', init: ({ on }) => on('userLogin', () => undefined) })
  await assert.rejects(
    Stage.open({
      extensions: { nosy },
      rooms: [{ name: 'Den', extensions: [{ name: 'nosy', config: {} }] }],
    }),
    /A room never hears of userLogin/,
  )
})

test('an error of the server that a login handler runs into is told by its code', async () => {
  await using stage = await Stage.open({
    extensions: {
      door: deciding(() => {
        throw new RequestError('zone-unknown', 'Elsewhere')
      }),
    },
  })
  assert.deepEqual((await login(stage)).heard(), ['failure 1 Elsewhere'])
})
