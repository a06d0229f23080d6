import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SmartFox } from '@warren/client'
import sfs2x from 'sfs2x-api'
import { FakeServer } from '../../src/clients/fake-server.ts'

/** What the official client calls by other names: a message to a room, and what opens a session. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  '→ GenericMessage': '→ PublicMessage',
  '→ Handshake': 'connecting to 127.0.0.1',
  '← Handshake': 'connected by websocket',
}

/** What the official client says, while it debugs, that it sends and receives. */
async function theirTrace(server: FakeServer): Promise<string[]> {
  const sfs = new sfs2x.SmartFox({ ...server.endpoint, zone: 'Zone', debug: true, useSSL: false })
  const lines: string[] = []
  const { logger } = sfs
  logger.enableConsoleOutput = false
  logger.enableEventDispatching = true
  const hear = ({ message }: { readonly message: string }) => {
    const [, sent] = /^Sending request '(\w+)'/.exec(message) ?? []
    const [, received] = /^Handling server event: (\w+)/.exec(message) ?? []
    if (sent !== undefined) lines.push(`→ ${sent}`)
    if (received !== undefined) lines.push(`← ${received}`)
  }
  logger.addEventListener('info', hear, undefined as never)
  const next = (event: string) =>
    new Promise<void>(resolve => sfs.addEventListener(event, () => resolve(), undefined as never))
  const told = { connection: next('connection'), login: next('login'), roomJoin: next('roomJoin') }
  sfs.connect()
  await told.connection
  sfs.send(new sfs2x.LoginRequest('Ann', 'secret'))
  await told.login
  sfs.send(new sfs2x.JoinRoomRequest('Lobby'))
  await told.roomJoin
  sfs.send(new sfs2x.PublicMessageRequest('hello'))
  sfs.disconnect()
  return lines
}

/** The same of ours, without the details. */
async function ourTrace(server: FakeServer): Promise<string[]> {
  const lines: string[] = []
  const sfs = new SmartFox({ ...server.endpoint, zone: 'Zone', debug: line => lines.push(line) })
  await sfs.connect()
  await sfs.login('Ann', { password: 'secret' })
  await sfs.join('Lobby')
  sfs.say('hello')
  sfs.disconnect()
  return lines
}

async function fakeServer(t: TestContext): Promise<FakeServer> {
  const server = await FakeServer.start()
  t.after(() => server.close())
  return server
}

test('a trace names what that of the official client names, in its order, and no password', async t => {
  const theirs = (await theirTrace(await fakeServer(t))).map(line => OTHER_NAMES[line] ?? line)
  const ours = await ourTrace(await fakeServer(t))
  assert.deepEqual(
    ours.map(line => line.replace(/ \{.*/, '')),
    [...theirs, 'the connection is over: manual'],
  )
  assert.ok(theirs.length >= 7)
  assert.match(ours.join('\n'), /→ Login \{.*"password":"\*\*\*"/)
})
