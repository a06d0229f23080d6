import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { CallFailed, openWorld, RequestRefused } from '@warren/server/testing'
import { defineExtension, t } from '../../src/index.ts'
import { dice } from './dice.ts'

const openDice = () => openWorld({ extension: dice, name: 'dice', config: { eyes: 4 } })

describe('a call', () => {
  test('is answered, and what the extension tells meanwhile is there', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    const piggy = await world.login('Piggy')
    assert.deepEqual(await kermit.call('roll', { sides: 6 }), { eyes: 4 })
    const rolled = { by: 'Kermit', eyes: 4 }
    assert.deepEqual(kermit.received('rolled'), [rolled])
    assert.deepEqual(await piggy.next('rolled'), rolled)
    assert.equal(await kermit.call('ready'), undefined)
  })

  test('of a prefix is told to its handler whole', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    assert.deepEqual(await kermit.call('control.fire'), { did: 'control.fire 1' })
    assert.deepEqual(await kermit.call('control.jump.high', { power: 3 }), { did: 'control.jump.high 3' })
  })

  test('fails with code and message, and with the path of what does not fit', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    await assert.rejects(kermit.call('roll', { sides: 13 }), {
      name: 'CallFailed',
      command: 'roll',
      code: 'unlucky',
      message: 'Thirteen sides bring bad luck',
      path: undefined,
    })
    await assert.rejects(kermit.call('roll', { sides: 1 }), { code: 'invalid-params', path: 'sides' })
    await assert.rejects(kermit.callRaw('roll', new SFSObject().putUtfString('sides', 'six')), {
      code: 'invalid-params',
      path: 'sides',
      message: 'sides is UTF_STRING, wanted INT',
    })
    await assert.rejects(kermit.callRaw('no-such', new SFSObject()), { code: 'unknown-command' })
    assert.deepEqual(world.faults, {})
  })

  test('takes and gives raw objects', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    const answer = await kermit.call('raw', new SFSObject().putLong('big', 2n ** 60n))
    assert.equal(answer.getLong('big'), 2n ** 60n)
  })

  test('whose handler is broken fails, is counted and logged with its error', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    await assert.rejects(kermit.call('wrong'), { code: 'failed' })
    assert.deepEqual(world.faults, { error: 1 })
    const last = world.log.at(-1)
    assert.equal(last?.level, 'error')
    assert.equal(last?.extension, 'dice')
    assert.ok(last?.fields.err instanceof Error)
    assert.equal(last?.fields.err.message, 'a mistake')
  })

  test('that waits for a user who goes ends', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    const answer = kermit.call('never')
    await kermit.drop()
    await assert.rejects(answer, /Kermit waited when the line was closed/)
  })
})

describe('time', () => {
  test('stands still until it is moved, and what is due runs at its own moment', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    const later = kermit.call('later', { millis: 1250 })
    await world.settle()
    assert.equal(world.now(), 0)
    await world.advance(999)
    assert.deepEqual(kermit.received('tick'), [])
    await world.advance(2501)
    assert.deepEqual(
      kermit.received('tick').map(({ at }) => at),
      [900, 1900, 2900],
    )
    assert.deepEqual(await later, { at: 1200 })
    assert.equal(world.now(), 3500)
  })

  test('lets work that waits go on before it moves further', async () => {
    const sleeper = defineExtension({
      requests: { count: { response: { times: t.list(t.int()) } } },
      init(extension) {
        let now = 0
        extension.schedule.every(10, () => {
          now += 10
        })
        const sleep = (millis: number) =>
          new Promise<void>(resolve => extension.schedule.after(millis, resolve))
        extension.handle({
          async count() {
            const times: number[] = []
            for (let n = 0; n < 4; n++) {
              await sleep(25)
              times.push(now)
            }
            return { times }
          },
        })
      },
    })
    await using world = await openWorld({ extension: sleeper })
    const kermit = await world.login('Kermit')
    const answer = kermit.call('count')
    await world.advance(1000)
    assert.deepEqual(await answer, { times: [20, 50, 70, 100] })
  })

  test('ends what never ends', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    const answer = kermit.call('never')
    await world.advance(29_000)
    assert.deepEqual(world.faults, {})
    await world.advance(2000)
    await assert.rejects(answer, { code: 'timeout' })
    assert.deepEqual(world.faults, { timeout: 1 })
  })
})

describe('messages', () => {
  test('are waited for, each once and in order', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    const first = kermit.next('rolled')
    const second = kermit.next('rolled')
    const piggy = await world.login('Piggy')
    await piggy.call('roll', { sides: 6 })
    await kermit.call('roll', { sides: 6 })
    assert.deepEqual([(await first).by, (await second).by], ['Piggy', 'Kermit'])
    await piggy.call('roll', { sides: 6 })
    assert.equal((await kermit.next('rolled')).by, 'Piggy')
    assert.equal(kermit.received('rolled').length, 3)
  })

  test('of requests without answer are sent, and their failures kept', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    await kermit.send('ready')
    await kermit.send('roll', { sides: 13 })
    assert.deepEqual(
      kermit.failures.map(({ command, code }) => ({ command, code })),
      [{ command: 'roll', code: 'unlucky' }],
    )
  })

  test('of the protocol are there in order', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    const piggy = await world.login('Piggy')
    const lobby = await kermit.join('Lobby')
    await piggy.join(lobby)
    await kermit.say('hello')
    await kermit.say('psst')
    await piggy.tell(kermit, 'hi')
    await piggy.setVariables({ x: 1, name: 'P', ratio: 0.5 })
    assert.deepEqual(
      piggy.events('PublicMessage').map(({ message }) => message),
      ['HELLO'],
    )
    assert.equal(kermit.events('PrivateMessage')[0]?.message, 'hi')
    assert.deepEqual(
      kermit.events('SetUserVariables')[0]?.variables.map(({ name, type }) => `${name} ${type}`),
      ['x 2', 'name 4', 'ratio 3'],
    )
    await piggy.leave()
    assert.equal(kermit.events('UserExitRoom')[0]?.userId, piggy.user.id)
    assert.deepEqual(
      kermit.heard.map(({ name }) => name),
      [
        'Handshake',
        'Login',
        'JoinRoom',
        'UserEnterRoom',
        'PublicMessage',
        'PrivateMessage',
        'SetUserVariables',
        'UserExitRoom',
      ],
    )
  })
})

describe('users', () => {
  test('log in with passwords and data, are renamed and refused', async () => {
    await using world = await openDice()
    await world.login('Kermit', { password: 'open' })
    await assert.rejects(world.login('Piggy', { password: 'sesame' }), error => {
      assert.ok(error instanceof RequestRefused)
      assert.equal(error.error, 'password-wrong')
      assert.equal(error.code, 3)
      assert.deepEqual(error.args, ['Piggy'])
      return true
    })
    const gonzo = await world.login('Gonzo', { params: new SFSObject().putBool('rename', true) })
    assert.equal(gonzo.name, 'Sir Gonzo')
    assert.match((await world.login('')).name, /^Guest#\d+$/)
    await assert.rejects(world.login('Kermit'), { error: 'name-taken' })
  })

  test('have the privilege that the test gives them, from the login on', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit', { privilegeId: 2 })
    assert.equal(kermit.user.privilegeId, 2)
    assert.equal(kermit.events('Login')[0]?.privilegeId, 2)
    assert.equal((await world.login('Piggy')).user.privilegeId, 1, 'a login handler was asked')
  })

  test('go: out of the zone, on purpose, or without a word', async () => {
    await using world = await openDice()
    const users = [await world.login('A'), await world.login('B'), await world.login('C')] as const
    await users[0].logout()
    await users[1].disconnect()
    await users[2].drop()
    assert.equal(world.zone.userCount, 0)
    assert.deepEqual(
      users.map(user => user.isGone),
      [false, true, true],
    )
    await assert.rejects(users[2].call('ready'), /has no line any more/)
  })

  test('are refused rooms by name of the error', async () => {
    await using world = await openWorld({
      extension: dice,
      config: { eyes: 1 },
      rooms: ['Lobby', { name: 'Vault', password: 'key' }],
    })
    const kermit = await world.login('Kermit')
    await assert.rejects(kermit.join('Vault', { password: 'pick' }), { error: 'room-password-wrong' })
    await kermit.join('Vault', { password: 'key' })
    await kermit.join('Lobby', { stay: true })
    assert.equal(world.room('Vault').userCount, 1)
    await assert.rejects(kermit.join('Nowhere'), /There is no room Nowhere/)
  })

  test('speak to other extensions by their contract', async () => {
    const echo = defineExtension({
      requests: { say: { params: { text: t.string() }, response: { text: t.string() } } },
      init: extension => extension.handle({ say: ({ params }) => params }),
    })
    await using world = await openWorld({ extension: dice, config: { eyes: 1 }, extensions: { echo } })
    const kermit = await world.login('Kermit')
    assert.deepEqual(await kermit.using(echo).call('say', { text: 'hi' }), { text: 'hi' })
  })
})

describe('a world', () => {
  test('keeps the log and the numbers of the extension', async () => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    await kermit.call('roll', { sides: 6 })
    await kermit.call('roll', { sides: 20 })
    assert.deepEqual(world.metrics, { rolls: 2, sides: [6, 20] })
    assert.deepEqual(world.log, [
      { level: 'info', message: 'started', extension: 'dice', fields: { eyes: 4 } },
    ])
    assert.ok(world.serverLog.length > 0)
  })

  test('does not open with a configuration that does not fit, or a zone', async () => {
    await assert.rejects(openWorld({ extension: dice }), /eyes is missing/)
    await assert.rejects(
      openWorld({ extension: dice, config: { eyes: 1 }, zone: { maxUsers: -1 } }),
      /zone: maxUsers: is -1/,
    )
  })

  test('runs the extension of rooms in each room', async () => {
    const greeter = defineExtension({
      level: 'room',
      requests: { where: { response: { room: t.string() } } },
      init: extension => extension.handle({ where: () => ({ room: extension.room.name }) }),
    })
    await using world = await openWorld({ extension: greeter, rooms: ['Here', 'There'] })
    const kermit = await world.login('Kermit')
    await assert.rejects(kermit.call('where'), /Kermit is in no room/)
    await kermit.join('Here')
    await kermit.join('There', { stay: true })
    assert.deepEqual(await kermit.call('where'), { room: 'There' })
    assert.deepEqual(await kermit.call('where', {}, { room: 'Here' }), { room: 'Here' })
  })

  test('loads a new version while users stay', async () => {
    const version = (n: number) =>
      defineExtension({
        requests: { version: { response: { n: t.int() } } },
        init: extension => extension.handle({ version: () => ({ n }) }),
      })
    await using world = await openWorld({ extension: version(1) })
    const kermit = await world.login('Kermit')
    assert.deepEqual(await kermit.call('version'), { n: 1 })
    assert.equal(await world.reload(version(2)), 1)
    assert.deepEqual(await kermit.call('version'), { n: 2 })
  })

  test('keeps what the extension keeps, and gives it what it kept before', async () => {
    const visits = defineExtension({
      requests: { visit: { response: { count: t.int() } } },
      init({ data, handle }) {
        handle({
          async visit({ user }) {
            const count = Number((await data.get(user.name)) ?? 0) + 1
            await data.set(user.name, count)
            return { count }
          },
        })
      },
    })
    await using world = await openWorld({ extension: visits, data: { Kermit: 41 } })
    const kermit = await world.login('Kermit')
    assert.deepEqual(await kermit.call('visit'), { count: 42 })
    assert.equal(await world.data.get('Kermit'), 42)
  })

  test('tells the extension of files', async () => {
    const inbox = defineExtension({
      messages: { got: { by: t.string(), files: t.stringArray(), note: t.string() } },
      init({ on, send, zone }) {
        on('fileUpload', ({ user, files, fields }) => {
          const names = files.map(({ name }) => name)
          send('got', { by: user.name, files: names, note: fields.get('note') ?? '' }, zone)
        })
      },
    })
    await using world = await openWorld({ extension: inbox })
    const kermit = await world.login('Kermit')
    const file = { name: 'song.ogg', path: '/songs/1', size: 3, contentType: 'audio/ogg' }
    await kermit.upload([file], { note: 'loud' })
    assert.deepEqual(kermit.received('got'), [{ by: 'Kermit', files: ['song.ogg'], note: 'loud' }])
  })

  test('that stops ends what waits, and the extension', async () => {
    let ended = false
    const ending = defineExtension({
      requests: { never: { response: {} } },
      messages: { news: {} },
      init: extension => extension.handle({ never: () => new Promise(() => {}) }),
      destroy: () => {
        ended = true
      },
    })
    const world = await openWorld({ extension: ending })
    const kermit = await world.login('Kermit')
    const news = kermit.next('news')
    await world.stop()
    assert.ok(ended)
    await assert.rejects(news, /Kermit waited when the world was stopped/)
  })

  test('says what was heard when something does not come', async context => {
    await using world = await openDice()
    const kermit = await world.login('Kermit')
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const tick = kermit.next('tick')
    context.mock.timers.tick(5000)
    await assert.rejects(
      tick,
      /waits in vain for the message "tick"; last heard: Handshake, Login\. Must time move/,
    )
  })
})

test('failures are errors with a stack', async () => {
  await using world = await openDice()
  const kermit = await world.login('Kermit')
  const error = await kermit.call('roll', { sides: 13 }).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof CallFailed)
  assert.ok(error instanceof Error)
})
