import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_WORD_FILTER } from '@warren/server/internal'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { refusals } from '../../src/robustness/refusals.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 30_000 }

const GREETING = packet(
  'ConnectionResponse',
  '<Result>Accepted</Result><Version Major="3" Minor="7" Sub="2"/>',
)
const denied = (reason: string) =>
  packet('LoginResponse', `<Result>Denied</Result><Reason>${reason}</Reason>`)
const ACCEPTED = packet('LoginResponse', '<Result>Accepted</Result><Variables/>')

test('the server speaks first, once nobody else has for a moment', OWN, async t => {
  const stage = await Es3Stage.open(t)
  assert.equal(await (await stage.connect()).text(), GREETING)
})

test('a client that speaks first is greeted at once', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { greetingDelayMillis: 5000 } })
  const client = await stage.connect()
  const started = performance.now()
  client.send({ name: 'Ping', fields: {} })
  assert.equal(await client.text(), GREETING)
  assert.ok(performance.now() - started < 4000)
  await client.expect('Pong')
})

test('a login is accepted and a name belongs to one user, in upper or lower case', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [derek, other] = [await stage.greeted(), await stage.greeted()]
  derek.sendText(packet('Login', '<Name>Derek</Name><Password></Password>'))
  assert.equal(await derek.text(), ACCEPTED)
  for (const name of ['Derek', 'dEREK']) {
    other.sendText(packet('Login', `<Name>${name}</Name><Password></Password><UserVariables/>`))
    assert.equal(await other.text(), denied('Your username is in use'))
  }
  await derek.close()
  const again = await stage.greeted()
  again.sendText(packet('Login', '<Name>derek</Name>'))
  assert.equal(await again.text(), ACCEPTED)
})

test('the name of a user of SFS2X is taken as well', OWN, async t => {
  const stage = await Es3Stage.open(t)
  await stage.sfs2xUser('Peter')
  const client = await stage.greeted()
  client.sendText(packet('Login', '<Name>peter</Name>'))
  assert.equal(await client.text(), denied('Your username is in use'))
})

test('a name is needed, and one only', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const client = await stage.greeted()
  client.sendText(packet('Login', '<Name></Name><Password></Password>'))
  assert.equal(await client.text(), denied('A user name is needed'))
  client.sendText(packet('Login', '<Name>Ann</Name>'))
  assert.equal(await client.text(), ACCEPTED)
  client.sendText(packet('Login', '<Name>Eve</Name>'))
  assert.equal(await client.text(), denied('You are logged in already'))
})

test('a name with a bad word is refused', OWN, async t => {
  const wordFilter = { ...DEFAULT_WORD_FILTER, active: true, words: ['(?i:swine)'] }
  const stage = await Es3Stage.open(t, { zone: { wordFilter } })
  const client = await stage.greeted()
  client.sendText(packet('Login', '<Name>SwineHerd</Name>'))
  assert.equal(await client.text(), denied('The user name holds a word that is not allowed'))
})

test('a moderator needs his password, and nobody else gets his name', OWN, async t => {
  const moderators = [{ name: 'Boss', password: 'secret' }]
  const stage = await Es3Stage.open(t, { electro: { moderators } })
  const client = await stage.greeted()
  client.sendText(packet('Login', '<Name>boss</Name><Password>guess</Password>'))
  assert.equal(await client.text(), denied('The password is wrong'))
  client.sendText(packet('Login', '<Name>Boss</Name><Password>secret</Password>'))
  assert.equal(await client.text(), ACCEPTED)
  client.createRoom('Office')
  const { fields } = await client.find('RoomJoined')
  assert.deepEqual(fields.users, [{ isModerator: true, name: 'Boss', variables: [] }])
})

test('a limit of connections is told in words; whoever goes makes room', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { maxConnections: 2 } })
  const first = await stage.greeted()
  await stage.greeted()
  const third = await stage.connect()
  assert.equal(
    await third.text(),
    packet(
      'ConnectionResponse',
      '<Result>Denied</Result><Reason>The server has reached its connection limit</Reason>',
    ),
  )
  await third.closed
  assert.equal((await refusals(stage.target)).get('electro-full'), 1)
  await first.close()
  const fourth = await stage.connect()
  assert.equal(await fourth.text(), GREETING)
})

test('twenty clients fit under a limit of twenty', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { maxConnections: 20 } })
  for (let n = 0; n < 20; n++) await stage.greeted()
  await (await stage.connect()).expect('ConnectionDenied')
})

test('before a login rooms and messages are refused by name', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const client = await stage.greeted()
  const reason = '<Reason>You are not logged in</Reason>'
  client.joinRoom('Lobby')
  assert.equal(await client.text(), packet('JoinRoom', `<Result>Error</Result>${reason}`))
  client.createRoom('Lobby')
  assert.equal(await client.text(), packet('CreateRoom', `<Result>Error</Result>${reason}`))
  client.say('hello')
  assert.equal(
    await client.text(),
    packet('RequestError', `<RequestAction>SendPublicMessage</RequestAction>${reason}`),
  )
})

test('who logs out keeps the line and may come back by another name', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  ann.send({ name: 'Logout', fields: {} })
  assert.equal(await ann.text(), packet('Logout', '<Result>Success</Result>'))
  await bob.find('UserLeft')
  ann.send({ name: 'Login', fields: { userName: 'Anna', password: '', userVariables: [] } })
  await ann.expect('LoginAccepted')
  assert.deepEqual(await settled(ann), [])
})

test('the variables of a login are seen where it goes', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const client = await stage.greeted()
  const userVariables = [{ name: 'icon', data: 'cat & dog' }]
  client.send({ name: 'Login', fields: { userName: 'Ann', password: '', userVariables } })
  await client.expect('LoginAccepted')
  client.createRoom('Den', { hasUserVariables: true })
  const { fields } = await client.find('RoomJoined')
  assert.deepEqual(fields.users[0]?.variables, userVariables)
})

test('who loses his line is gone at once, though the zone would keep others', OWN, async t => {
  const stage = await Es3Stage.open(t, { zone: { userReconnectionSeconds: 60 } })
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  bob.socket.destroy()
  assert.equal((await ann.find('UserLeft')).fields.userName, 'Bob')
  await stage.user('Bob')
})
