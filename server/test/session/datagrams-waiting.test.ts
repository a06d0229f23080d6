import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeObject, encodePacket, SFSObject } from '@warren/codec'
import { defineExtension } from '../../src/extension/definition.ts'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
import { zoneSettings } from '../support/settings.ts'

const ADDRESS = '127.0.0.1'
const PORT = 4000
const MAX_WAITING = 4

/** A datagram of a user: the request for a mapping, or a call. */
function datagram(userId: number, packetId: number, command?: string): Uint8Array {
  const root = new SFSObject().putByte('c', 1).putInt('u', userId).putLong('i', packetId)
  if (command === undefined) root.putByte('h', 1)
  else {
    const call = new SFSObject().putUtfString('c', command).putInt('r', -1)
    root.putSFSObject('p', call.putSFSObject('p', new SFSObject()))
  }
  return encodePacket(encodeObject(root))
}

test('datagrams that wait behind a slow request end no line, and take no room from its requests [P-9.6]', async () => {
  const called: string[] = []
  let goOn = (): void => undefined
  const slow = defineExtension({
    requests: { wait: {}, line: {}, datagram: {} },
    init({ handle }) {
      handle({
        wait: () =>
          new Promise<void>(resolve => {
            goOn = resolve
          }),
        line: () => void called.push('line'),
        datagram: () => void called.push('datagram'),
      })
    },
  })
  const server = new TestServer({
    zones: [zoneSettings({ extensions: [{ name: 'slow', config: {} }] })],
    extensions: { slow },
    maxWaitingRequests: MAX_WAITING,
  })
  await server.start()
  const client = new Client(server, 'stream')
  await client.ask('Handshake', { apiVersion: '1.7.5' })
  await client.ask('Login', { zoneName: 'Test', userName: 'ann', password: '' })
  const id = server.core.zones.zone('Test')?.userByName('ann')?.id ?? -1
  const send = (packetId: number, command?: string) =>
    server.core.datagrams.receive(datagram(id, packetId, command), ADDRESS, PORT)
  const call = (command: string) =>
    client.ask('CallExtension', { command, params: new SFSObject(), roomId: -1 })
  send(0)

  await call('wait')
  for (let packetId = 1; packetId <= 100; packetId++) send(packetId, 'datagram')
  for (let i = 0; i < MAX_WAITING; i++) await call('line')
  assert.equal(client.line.destroyed, undefined)
  assert.equal(server.counters.refusals.get('datagram-rate'), 100 - MAX_WAITING)
  send(101, 'datagram')
  assert.equal(client.line.destroyed, undefined)
  goOn()
  await server.settle()
  const kind = (name: string) => called.filter(command => command === name).length
  assert.deepEqual([kind('datagram'), kind('line')], [MAX_WAITING, MAX_WAITING])

  await call('wait')
  for (let i = 0; i <= MAX_WAITING; i++) await call('line')
  assert.equal(client.line.destroyed, 'protocol')
})
