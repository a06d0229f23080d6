import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requests } from '@warren/codec'
import { RecordedWay } from '../support/recorded-way.ts'
import { request } from '../support/request.ts'
import { SessionProbe } from '../support/session-probe.ts'
import { passTime, settle } from '../support/time.ts'

const ROOM = 59

const actionsOf = (way: RecordedWay): readonly number[] => way.line.asked.map(name => requests[name].action)

test('a recorded stock server keeps a raw client, and what waited comes before its answer (j01)', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  const way = new RecordedWay('j01_hrc_basic_raw_tcp', ['A', 'A2', 'A3'])
  const probe = new SessionProbe({ ways: [way] })
  await probe.session.start()
  assert.equal(probe.session.isCounted, false)
  probe.session.send(request('Login', { zoneName: 'BHHrc', userName: 'A', password: '' }))
  probe.session.send(request('JoinRoom', { roomName: 'Lobby' }))
  probe.session.send(
    request('SetUserVariables', {
      variables: [{ name: 'x', type: 2, value: { type: 4, value: 1 }, isPrivate: false }],
    }),
  )
  await settle()
  assert.deepEqual(actionsOf(way), way.recorded[0])
  const { token } = probe.session
  const before = probe.told.length

  way.line.lose()
  await passTime(t, 1000)
  const told = probe.told.slice(before).map(each => (each.kind === 'message' ? each.message.name : each.kind))
  assert.deepEqual(told, [
    'retry',
    ...Array.from({ length: 3 }, () => 'PublicMessage'),
    'PrivateMessage',
    'SetRoomVariables',
    'UserEnterRoom',
    'UserCountChange',
    'resume',
  ])
  probe.say(ROOM, 'back')
  assert.deepEqual(actionsOf(way), way.recorded[1])
  assert.equal(probe.session.token, token)

  way.line.lose()
  await passTime(t, 1000)
  assert.deepEqual(actionsOf(way), way.recorded[2])
  assert.equal(probe.kinds.filter(kind => kind === 'resume').length, 2)
  probe.session.close()
})

test('a recorded stock server sees of this client what it saw of the Java client (j05)', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  const way = new RecordedWay('j05_hrc_java_client_via_proxy', ['conn1', 'conn2'])
  const probe = new SessionProbe({ ways: [way] })
  await probe.session.start()
  probe.session.send(request('Login', { zoneName: 'BHHrc', userName: 'probe_hrc', password: '' }))
  probe.session.send(request('JoinRoom', { roomName: 'Lobby' }))
  probe.say(ROOM, 'hello')
  probe.session.send(
    request('CreateRoom', {
      name: 'r38217',
      groupId: 'default',
      password: '',
      isGame: false,
      maxUsers: 4,
      maxSpectators: 0,
      maxVariables: 5,
      onlyOwnerInvites: true,
      autoJoin: false,
    }),
  )
  await settle()
  assert.deepEqual(actionsOf(way), way.recorded[0])

  probe.session.kill()
  await passTime(t, 1000)
  assert.deepEqual(probe.texts.slice(-7), ['c9', 'c10', 'c11', 'c12', 'c13', 'c14', 'c15'])
  assert.deepEqual(probe.told.at(-1), { kind: 'resume', resent: 0 })
  probe.say(ROOM, 'after hrc')
  assert.equal(probe.texts.at(-1), 'after hrc')
  probe.session.close()
  assert.deepEqual(actionsOf(way), way.recorded[1])
  await passTime(t, 100)
  assert.equal(way.line.ended, 'closed')
})
