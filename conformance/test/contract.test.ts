import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { aesCipher } from '@warren/codec/node'
import { connectBlueBox } from '../src/client/bluebox-line.ts'
import { askForKey } from '../src/client/crypto-manager.ts'
import type { Endpoint } from '../src/client/line.ts'
import type { RawClient } from '../src/client/raw-client.ts'
import {
  type GetKey,
  type OpenLine,
  type ResumingLine,
  resumingClient,
} from '../src/client/resuming-client.ts'
import { connectTcp, connectTls } from '../src/client/tcp-line.ts'
import { connectWebSocket } from '../src/client/ws-line.ts'
import { join, logIn, type Player, Scene } from '../src/target/scene.ts'
import { everyListener, isRemote } from '../src/target/target.ts'

/** Where a server listens. */
interface Doors {
  readonly tcp: Endpoint
  readonly http: Endpoint
  readonly https: Endpoint
}

/** One way to reach the server. */
interface Way {
  readonly name: string
  readonly open: (doors: Doors) => OpenLine
  /** The client gets a key after its first handshake, and is in a zone that wants one. */
  readonly isEncrypted?: true
}

const LOST_ENDS_IT = { endsOnFailure: true }

const PLAIN: readonly Way[] = [
  { name: 'TCP', open: doors => onPacket => connectTcp(doors.tcp, onPacket) },
  { name: 'TLS', open: doors => onPacket => connectTls(doors.tcp, onPacket) },
  { name: 'WebSocket', open: doors => onPacket => connectWebSocket(doors.http, onPacket) },
  {
    name: 'secure WebSocket',
    open: doors => onPacket => connectWebSocket(doors.https, onPacket, undefined, true),
  },
  { name: 'the HTTP tunnel', open: doors => onPacket => connectBlueBox(doors.http, onPacket, LOST_ENDS_IT) },
  {
    name: 'the HTTPS tunnel',
    open: doors => onPacket => connectBlueBox(doors.https, onPacket, { ...LOST_ENDS_IT, isSecure: true }),
  },
]

const WAYS: readonly Way[] = [
  ...PLAIN,
  ...PLAIN.filter(({ name }) => !name.includes('WebSocket')).map(
    ({ name, open }): Way => ({ name: `${name}, encrypted`, open, isEncrypted: true }),
  ),
]

const MESSAGES = 1000
/** Messages that may be under way, so that no limit of the server is touched. */
const AHEAD = 100

/** Somebody who comes back by himself, over one way. */
async function visitor(
  t: TestContext,
  scene: Scene,
  { open, isEncrypted }: Way,
): Promise<RawClient<ResumingLine>> {
  const { tcp, http } = scene.target
  const getKey: GetKey = async token => {
    const { body } = await askForKey(scene.https, `SessToken=${token}`)
    return aesCipher(Buffer.from(body, 'base64'))
  }
  const client = await resumingClient(
    open({ tcp, http, https: scene.https }),
    isEncrypted === undefined ? {} : { getKey },
  )
  t.after(() => client.line.abort())
  return client
}

/** One says so many things, and both hear them all, once and in order. */
async function talk(from: Player, to: Player, roomId: number): Promise<void> {
  for (let said = 0; said < MESSAGES; said += AHEAD) {
    for (let i = said; i < said + AHEAD; i++) {
      from.client.request('PublicMessage', { roomId, message: String(i) })
    }
    for (let i = said; i < said + AHEAD; i++) {
      for (const { client } of [to, from]) {
        const { message, userId } = await client.find('PublicMessage')
        assert.deepEqual([message, userId], [String(i), from.id])
      }
    }
  }
}

describe('over every transport a client', { skip: isRemote() }, () => {
  for (const way of WAYS) {
    test(`logs in, joins, talks, is cut and back, and is kicked: ${way.name}`, async t => {
      const scene = await Scene.open(t, everyListener)
      const zoneName = way.isEncrypted === undefined ? 'BasicExamples' : 'SecureExamples'
      const visiting = await visitor(t, scene, way)
      const { line } = visiting
      const ann = await logIn(visiting, zoneName, 'ann')
      const bob = await scene.player(zoneName, 'bob', 'tls')
      const roomId = await join(ann, 'The Lobby')
      await join(bob, 'The Lobby')

      await talk(ann, bob, roomId)
      await talk(bob, ann, roomId)

      ann.client.request('PublicMessage', { roomId, message: 'on its way up' })
      bob.client.request('PublicMessage', { roomId, message: 'on its way down' })
      line.cut()
      ann.client.request('PublicMessage', { roomId, message: 'from afar' })
      for (const { client } of [ann, bob]) {
        const heard = []
        for (let i = 0; i < 3; i++) heard.push((await client.find('PublicMessage')).message)
        assert.deepEqual(heard.toSorted(), ['from afar', 'on its way down', 'on its way up'])
        assert.ok(heard.indexOf('on its way up') < heard.indexOf('from afar'))
      }
      assert.equal(line.lines, 2)

      const api = scene.target.own?.api
      const user = api?.zone(zoneName).userByName('ann')
      assert.ok(user)
      api?.kick(user, { message: 'Out', delaySeconds: 0 })
      assert.equal((await ann.client.find('ModeratorMessage')).message, 'Out')
      assert.equal((await ann.client.find('ClientDisconnection')).reason, 1)
      await ann.client.closed
      assert.equal(line.fault, undefined)
      assert.equal((await bob.client.find('UserLost')).userId, ann.id)
    })
  }
})
