import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from '@warren/server/internal'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 30_000 }

const requestError = (action: string, reason: string) =>
  packet('RequestError', `<RequestAction>${action}</RequestAction><Reason>${reason}</Reason>`)
const said = (action: string, user: string, message: string, variables = '<Variables/>') =>
  packet(action, `<User>${user}</User><Message><![CDATA[${message}]]></Message>${variables}`)

test('words of the filter are masked for all, whole ones and roots', OWN, async t => {
  const wordFilter = {
    ...DEFAULT_WORD_FILTER,
    active: true,
    words: ['(?i:swine)', '(?i:\\bpig\\b)'],
  }
  const stage = await Es3Stage.open(t, { zone: { wordFilter } })
  const [ann] = await stage.room('Den', 'Ann')
  ann?.say('Swineherds keep no pig in a pigsty')
  assert.equal(await ann?.text(), said('SendPublicMessage', 'Ann', '*****herds keep no *** in a pigsty'))
})

test('a room is without flood filter only where the zone lets its maker decide', OWN, async t => {
  const rules = [{ request: 'PublicMessage', maxRequests: 1, seconds: 60 }]
  for (const roomsMaySwitchOff of [true, false]) {
    const floodFilter = { ...DEFAULT_FLOOD_FILTER, active: true, rules, roomsMaySwitchOff }
    const stage = await Es3Stage.open(t, { zone: { floodFilter } })
    const ann = await stage.user('Ann')
    ann.sendText(
      packet('CreateRoom', '<Zone><Name/><Room FloodingFilterEnabled="false"><Name>Den</Name></Room></Zone>'),
    )
    await ann.find('RoomJoined')
    for (let n = 0; n < 3; n++) ann.say(String(n))
    const names = (await settled(ann)).map(text => /<Action>(\w+)/.exec(text)?.[1])
    const others = roomsMaySwitchOff ? 'SendPublicMessage' : 'RequestError'
    assert.deepEqual(
      names.filter(name => name === 'SendPublicMessage' || name === 'RequestError'),
      ['SendPublicMessage', others, others],
    )
  }
})

test('who floods is told, and banned in the end', OWN, async t => {
  const floodFilter = {
    ...DEFAULT_FLOOD_FILTER,
    active: true,
    rules: [{ request: 'PublicMessage', maxRequests: 1, seconds: 60 }],
    maxFloodingAttempts: 1,
    secondsBeforeBan: 0,
  }
  const stage = await Es3Stage.open(t, { zone: { floodFilter } })
  const [ann] = await stage.room('Den', 'Ann')
  assert.ok(ann)
  for (let n = 0; n < 3; n++) ann.say(`${n}`)
  await ann.expect('PublicMessage')
  assert.equal(await ann.text(), requestError('SendPublicMessage', 'The user asks for that too often'))
  assert.equal((await ann.expect('PrivateMessage')).fields.message, 'Too much flooding, you are banned')
  assert.equal(
    await ann.text(),
    packet(
      'ModeratorCommand',
      '<MinorAction>Ban</MinorAction><Reason>Too much flooding, you are banned</Reason>',
    ),
  )
  await ann.closed
  const again = await stage.greeted()
  again.send({ name: 'Login', fields: { userName: 'Ann', password: '', userVariables: [] } })
  assert.equal((await again.expect('LoginDenied')).fields.reason, 'The user is banned')
})
