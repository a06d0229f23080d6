import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { defineExtension, refuseLogin, type ServerEventHandler } from '@warren/server'
import { loggedIn, memberOf } from '../../src/official/arrivals.ts'
import type { OfficialEvents } from '../../src/official/events.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { extended } from '../../src/target/extended.ts'
import { assertSilence, logIn, Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs an extension of the test' }

describe('a login that an extension decides about', OWN, () => {
  const door = defineExtension({
    init({ on }) {
      on('userLogin', async ({ userName, params }) => {
        await undefined
        if (userName === 'Eve') refuseLogin('user-banned', userName)
        if (userName === 'Mallory') refuseLogin('generic', 'Come back on Monday')
        if (userName === 'Broken') throw new Error('the accounts are gone')
        const guild = params?.getUtfString('guild') ?? 'none'
        return {
          userName: `${userName}/${guild}`,
          privilegeId: 2,
          data: new SFSObject().putUtfString('welcome', `to ${guild}`),
        }
      })
    },
  })
  const open = (t: test.TestContext) => Scene.open(t, extended({ zone: { door } }))

  test('may rename, give a privilege and add data, as the official client sees it', async t => {
    const client = await (await open(t)).official()
    const params = new SFS2X.SFSObject()
    params.putUtfString('guild', 'Moles')
    client.send(new SFS2X.LoginRequest('Ann', '', params, 'BH0'))
    const { user, data } = await client.expect('login')
    assert.deepEqual([user.name, user.privilegeId], ['Ann/Moles', 2])
    assert.equal(data?.getUtfString('welcome'), 'to Moles')
    assert.equal(client.sfs.mySelf.name, 'Ann/Moles')
    assert.deepEqual(client.complaints, [])
  })

  test('may be refused with the texts of the official client, and tried again', async t => {
    const client = await (await open(t)).official()
    const errorOf = async (name: string) => {
      client.send(new SFS2X.LoginRequest(name, '', undefined, 'BH0'))
      const { errorCode, errorMessage } = await client.expect('loginError')
      return [errorCode, errorMessage]
    }
    assert.equal((await errorOf('Eve'))[0], 4)
    const [code, text] = await errorOf('Mallory')
    assert.equal(code, 28)
    assert.match(String(text), /Come back on Monday/)
    assert.equal((await errorOf('Broken'))[0], 28)
    client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
    assert.equal((await client.expect('login')).user.name, 'Ann/none')
  })

  test('is on the wire as any other', async t => {
    const client = await (await open(t)).greeted()
    client.request('Login', { zoneName: 'BH0', userName: 'Eve', password: '' })
    assert.deepEqual(await client.expectFailure(), { action: 1, code: 4, args: ['Eve'] })
    client.request('Login', { zoneName: 'BH0', userName: 'Ann', password: '' })
    const { userName, privilegeId, params } = await client.expect('Login')
    assert.deepEqual([userName, privilegeId], ['Ann/none', 2])
    assert.equal(params?.getUtfString('welcome'), 'to none')
  })

  test('holds up what its client asks next, and no other zone', async t => {
    const scene = await open(t)
    const client = await scene.greeted()
    client.request('Login', { zoneName: 'BH0', userName: 'Ann', password: '' })
    client.request('JoinRoom', { roomName: 'Lobby' })
    await client.expect('Login')
    assert.equal((await client.expect('JoinRoom')).room.name, 'Lobby')
    const other = await logIn(await scene.greeted(), 'BH', 'Ann')
    assert.equal(other.name, 'Ann')
  })
})

describe('a message that an extension decides about', OWN, () => {
  /** Keeps what says `secret`, changes `loud` ones, and fails at `fault`. */
  const judge = ({ text }: { readonly text: string }) => {
    if (text.includes('secret')) return false as const
    if (text.includes('fault')) throw new Error('a fault of the handler')
    if (text.includes('loud')) {
      return { text: text.toUpperCase(), params: new SFSObject().putUtfString('by', 'the zone') }
    }
    return undefined
  }
  const ofZone = defineExtension({
    init({ on }) {
      on('publicMessage', judge satisfies ServerEventHandler<'publicMessage'>)
      on('privateMessage', async message => {
        await undefined
        return judge(message)
      })
    },
  })
  const ofRoom = defineExtension({
    level: 'room',
    init({ on, room }) {
      on('publicMessage', ({ text }) => ({ text: `(${room.name}) ${text}` }))
    },
  })

  test('in a room is kept, changed or left, for the sender too', async t => {
    const scene = await Scene.open(t, extended({ zone: { ofZone } }))
    const { client: ann } = await memberOf(scene, 'Lobby', 'Ann')
    const { client: bob } = await memberOf(scene, 'Lobby', 'Bob')
    ann.unread()
    for (const text of ['my secret', 'so loud', 'a fault', 'plain']) {
      ann.send(new SFS2X.PublicMessageRequest(text))
    }
    for (const client of [ann, bob]) {
      const heard: unknown[] = []
      for (let i = 0; i < 3; i++) heard.push(said(await client.expect('publicMessage')))
      assert.deepEqual(heard, [
        ['SO LOUD', 'the zone'],
        ['a fault', undefined],
        ['plain', undefined],
      ])
      assert.deepEqual(client.complaints, [])
    }
  })

  test('passes the extension of its room first, then that of the zone', async t => {
    const scene = await Scene.open(t, extended({ zone: { ofZone }, rooms: { Lobby: ofRoom } }))
    const { client: ann } = await memberOf(scene, 'Lobby', 'Ann')
    ann.send(new SFS2X.PublicMessageRequest('loud'))
    assert.deepEqual(said(await ann.expect('publicMessage')), ['(LOBBY) LOUD', 'the zone'])
  })

  test('to one user is kept or changed by a handler that waits, in order', async t => {
    const scene = await Scene.open(t, extended({ zone: { ofZone } }))
    const ann = await loggedIn(scene, 'Ann')
    const bob = await loggedIn(scene, 'Bob')
    for (const text of ['a secret', 'loud one', 'plain']) {
      ann.send(new SFS2X.PrivateMessageRequest(text, bob.sfs.mySelf.id))
    }
    for (const client of [bob, ann]) {
      assert.deepEqual(said(await client.expect('privateMessage')), ['LOUD ONE', 'the zone'])
      assert.deepEqual(said(await client.expect('privateMessage')), ['plain', undefined])
    }
  })

  test('is on the wire as any other, and kept ones are silence that is counted', async t => {
    const scene = await Scene.open(t, extended({ zone: { ofZone } }))
    const ann = await scene.member('BH0', 'Ann', 'Lobby')
    const roomId = ann.rooms.get('Lobby') ?? Number.NaN
    ann.client.request('PublicMessage', { roomId, message: 'my secret', userId: ann.id })
    await assertSilence(ann.client)
    ann.client.request('PublicMessage', { roomId, message: 'so loud', userId: ann.id })
    const { message, userId, params } = await ann.client.expect('PublicMessage')
    assert.deepEqual([message, userId, params?.getUtfString('by')], ['SO LOUD', ann.id, 'the zone'])
    const { http } = scene.target
    const metrics = await (await fetch(`http://${http.host}:${http.port}/metrics`)).text()
    assert.ok(metrics.includes('warren_refusals_total{reason="message-vetoed"} 1\n'))
  })
})

/** Text and data of a message event. */
function said({ message, data }: OfficialEvents['privateMessage']): [text: string, by: string | undefined] {
  return [message, data?.getUtfString('by')]
}
