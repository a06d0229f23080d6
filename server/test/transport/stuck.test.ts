import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StuckWatch, stuckPeers, tableKey } from '../../src/transport/stuck.ts'
import { listenTcp } from '../../src/transport/tcp.ts'
import { openRig, Rig } from './rig.ts'

/** Port 9933 is 26CD. Peers: 10.0.0.2:4660 waits, 10.0.0.3 was repeated five times, 10.0.0.4 closes. */
const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:26CD 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1065 1 0 100 0 0 10 0
   1: 0100000A:26CD 0200000A:1234 01 00000040:00000000 01:00000014 00000001     0        0 1066 1 0 100 0 0 10 0
   2: 0100000A:26CD 0300000A:1235 01 00000040:00000000 01:00000014 00000005     0        0 1067 1 0 100 0 0 10 0
   3: 0100000A:26CD 0400000A:1236 04 00000040:00000000 01:00000014 00000007     0        0 1068 1 0 100 0 0 10 0
   4: 0100000A:1F90 0500000A:1237 01 00000040:00000000 01:00000014 00000008     0        0 1069 1 0 100 0 0 10 0
   5: 0000000000000000FFFF00000100000A:26CD 0000000000000000FFFF00000600000A:1238 01 00000040:00000000 01:00000014 0000000A     0        0 1070 1 0 100 0 0 10 0
`

describe('the watch over stuck connections', () => {
  it('finds open connections of its port whose data is repeated', () => {
    assert.deepEqual(stuckPeers(TABLE, 9933), ['0300000A:1235', '0600000A:1238'])
    assert.deepEqual(stuckPeers('', 9933), [])
    assert.deepEqual(stuckPeers('nothing of the kind\n1 2 3', 9933), [])
  })

  it('writes addresses as the table does', () => {
    assert.equal(tableKey('10.0.0.3', 0x1235), '0300000A:1235')
    assert.equal(tableKey('127.0.0.1', 80), '0100007F:0050')
    assert.equal(tableKey('::1', 80), '00000000000000000000000001000000:0050')
    assert.equal(tableKey('2001:db8::ff00:42:8329', 80), 'B80D01200000000000FF000029834200:0050')
  })

  it('calls a peer dead when it was stuck at every look for so long', async () => {
    let table = TABLE
    const watch = new StuckWatch({ port: 9933, deadMillis: 60_000, read: async () => table })
    for (let now = 10_000; now <= 50_000; now += 10_000) await watch.sweep(now)
    assert.equal(watch.isDead('10.0.0.3', 0x1235, 50_000), false)
    assert.equal(watch.isDead('10.0.0.3', 0x1235, 60_000), true)
    assert.equal(watch.isDead('10.0.0.6', 0x1238, 60_000), true)
    assert.equal(watch.isDead('10.0.0.2', 0x1234, 60_000), false)
    table = ''
    await watch.sweep(60_000)
    table = TABLE
    await watch.sweep(70_000)
    assert.equal(watch.isDead('10.0.0.3', 0x1235, 70_000), false)
  })

  it('does without where there is no table', async () => {
    const watch = new StuckWatch({
      port: 1,
      deadMillis: 60_000,
      read: () => Promise.reject(new Error('ENOENT')),
    })
    await watch.sweep(10_000)
    assert.equal(watch.isDead('10.0.0.3', 0x1235, 100_000), false)
  })
})

it('the tables of this machine can be read', { skip: process.platform !== 'linux' }, async () => {
  await using rig = await openRig('tcp')
  const { owner } = await rig.open()
  rig.pass(59)
  await new Promise(resolve => setTimeout(resolve, 50))
  rig.pass(1)
  assert.deepEqual(owner.closes, [])
})

it('a silent line over tcp whose data does not arrive is lost within the configured time', async () => {
  await using rig = new Rig('tcp', { deadLineSeconds: 60 })
  let peer = ''
  rig.listener = await listenTcp({
    host: '127.0.0.1',
    port: 0,
    lines: rig.lines,
    accept: rig.accept,
    readTcpTable: async () => {
      const local = tableKey('127.0.0.1', rig.port)
      return ` 1: ${local} ${peer} 01 00000040:00000000 01:00000014 00000005 0 0 1067 1 0 100 0 0 10 0\n`
    },
  })
  const { client, owner } = await rig.open()
  const other = await rig.open()
  peer = tableKey('127.0.0.1', client.socket?.localPort ?? 0)
  for (let second = 0; second < 60 && owner.closes.length === 0; second++) {
    rig.pass(1)
    await new Promise(resolve => setImmediate(resolve))
  }
  assert.equal(await owner.closed(), 'lost')
  assert.deepEqual(other.owner.closes, [])
  assert.deepEqual(rig.reasons, [])
})
