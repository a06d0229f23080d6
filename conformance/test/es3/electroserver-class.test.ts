import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import {
  ElectroServer as BrowserElectroServer,
  type ElectroServerEventName,
  type ElectroServerEvents,
} from '@warren/client/electroserver'
import { ElectroServer } from '@warren/client/electroserver/node'
import { defineExtension, t as shape } from '@warren/server'
import { deadline } from '../../src/client/deadline.ts'
import { extended } from '../../src/target/extended.ts'
import { isRemote, openTarget, type Target } from '../../src/target/target.ts'

const PATIENCE = 5000
const OWN = { skip: isRemote() && 'needs a server with ElectroServer clients' }

/** A plugin of our days. */
const dice = defineExtension({
  requests: { roll: { params: shape.sfsObject() } },
  messages: { rolled: { by: shape.string(), sides: shape.string() } },
  init({ handle, send }) {
    handle({
      roll: ({ params, user }) =>
        send('rolled', { by: user.name, sides: params.getUtfString('sides') }, user),
    })
  },
})

/** What an event says that an action has as effect. */
async function told<N extends ElectroServerEventName>(
  es: BrowserElectroServer,
  name: N,
  action: () => void,
): Promise<ElectroServerEvents[N]> {
  const event = es.next(name)
  action()
  return await deadline(event, PATIENCE, name)
}

/** Waits for an event of which something holds. */
function until<N extends ElectroServerEventName>(
  es: BrowserElectroServer,
  name: N,
  holds: (...args: ElectroServerEvents[N]) => boolean,
): Promise<void> {
  const event = new Promise<void>(resolve => {
    const stop = es.on(name, (...args) => {
      if (!holds(...args)) return
      stop()
      resolve()
    })
  })
  return deadline(event, PATIENCE, name)
}

for (const way of ['TCP', 'WebSocket'] as const) {
  describe(`The ElectroServer class over ${way}`, OWN, () => {
    let target: Target

    before(async () => {
      target = await openTarget(config => ({
        ...extended({ zone: { dice } })(config),
        listen: { ...config.listen, electro: 0 },
        electro: {
          ...config.electro,
          zone: 'BH0',
          greetingDelayMillis: 0,
          maxConnections: 4,
          moderators: [{ name: 'Mod', password: 'secret' }],
          administrators: [{ name: 'root', password: 'secret' }],
        },
      }))
    })
    after(() => target.close())

    const clients: BrowserElectroServer[] = []
    // The next test finds names and seats free.
    afterEach(async () => {
      for (const client of clients.splice(0)) client.close()
      while (target.own !== undefined && target.own.status().sessions > 0) {
        await new Promise(resolve => setImmediate(resolve))
      }
    })

    /** One who is not connected. */
    function stranger(): BrowserElectroServer {
      const es = way === 'TCP' ? new ElectroServer() : new BrowserElectroServer()
      const { host, port } = (way === 'TCP' ? target.electro : target.http) ?? { host: '', port: 0 }
      es.setIP(host)
      es.setPort(port)
      clients.push(es)
      return es
    }

    /** One who is logged in. */
    async function user(name: string, password?: string): Promise<BrowserElectroServer> {
      const es = stranger()
      assert.deepEqual(await told(es, 'onConnection', () => es.connect()), [true, ''])
      const [success, error] = await told(es, 'loggedIn', () => es.login(name, password))
      assert.deepEqual([success, error], [true, ''])
      return es
    }

    /** One who is in a room. */
    async function guest(name: string, room: string): Promise<BrowserElectroServer> {
      const es = await user(name)
      const [{ success, error }] = await told(es, 'roomJoined', () => es.createRoom({ roomName: room }))
      assert.deepEqual([success, error], [true, ''])
      return es
    }

    test('does what the chat of the book asks of it', async () => {
      const said: string[] = []
      const derek = await guest('Derek', 'Sports')
      derek.messageReceived = (type, message, from) => said.push(`${type} ${from}: ${message}`)
      assert.equal(derek.zone.name, 'BH0')
      assert.equal(derek.getRoom()?.label, 'Sports')
      assert.deepEqual(
        derek.getUserList().map(({ label }) => label),
        ['Derek'],
      )
      assert.ok(derek.getRoomList().some(({ label }) => label === 'Lobby'))

      // The room is there by now: the class joins it instead.
      const came = until(
        derek,
        'userListUpdated',
        (_users, what, name) => what === 'userjoined' && name === 'Maria',
      )
      const maria = await guest('Maria', 'Sports')
      await came
      assert.deepEqual(
        maria
          .getUserList()
          .map(({ label }) => label)
          .sort(),
        ['Derek', 'Maria'],
      )
      assert.equal(maria.getRoom()?.attributes.Users, 2)

      await told(derek, 'messageReceived', () => derek.sendMessage('public', 'Hello world! <&> ]]> €'))
      await told(derek, 'messageReceived', () => maria.sendMessage('private', 'Hello Derek!', 'Derek'))
      assert.deepEqual(said, ['public Derek: Hello world! <&> ]]> €', 'private Maria: Hello Derek!'])

      await told(derek, 'userListUpdated', () => maria.close())
      assert.deepEqual(
        derek.getUserList().map(({ label }) => label),
        ['Derek'],
      )
    })

    test('says that there is no server', async () => {
      const es = stranger()
      es.setPort(1)
      const [success, error] = await told(es, 'onConnection', () => es.connect())
      assert.deepEqual([success, error], [false, 'Could not establish a server connection'])
      assert.equal(es.isConnected, false)
    })

    test('passes on what the server says when it refuses', async () => {
      await user('Twin')
      const second = stranger()
      await told(second, 'onConnection', () => second.connect())
      const [success, error] = await told(second, 'loggedIn', () => second.login('twin'))
      assert.equal(success, false)
      assert.match(error, /in use/)
    })

    test('is refused when there are as many clients as there may be', async () => {
      for (let i = 0; i < 4; i++) {
        const es = stranger()
        const [success] = await told(es, 'onConnection', () => es.connect())
        assert.equal(success, true)
      }
      const fifth = stranger()
      const [success, error] = await told(fifth, 'onConnection', () => fifth.connect())
      assert.equal(success, false)
      assert.match(error, /connection|user/i)
      assert.notEqual(error, 'Could not establish a server connection')
    })

    test('carries moves and challenges', async () => {
      const anna = await guest('Anna', 'Board')
      const bert = await guest('Bert', 'Board')
      const move = { from: 'e2', to: [1, 2.5, null], isCheck: true, note: 'a <b> & ]]>\n' }
      assert.deepEqual(await told(bert, 'moveReceived', () => anna.sendMove('all', move)), [
        'public',
        move,
        'Anna',
      ])
      assert.deepEqual(await told(bert, 'moveReceived', () => anna.sendMove(['Bert'], move)), [
        'private',
        move,
        'Anna',
      ])
      assert.deepEqual(await told(bert, 'challengeReceived', () => anna.sendChallenge('Bert', 'chess')), [
        'Anna',
        'chess',
      ])
      assert.deepEqual(await told(anna, 'challengeDeclined', () => bert.sendAutoDecline('Anna')), [true])
      await told(anna, 'challengeAccepted', () => bert.acceptChallenge('Anna'))
      await told(bert, 'challengeCancelled', () => anna.cancelChallenge())
    })

    test('shares variables of rooms and users', async () => {
      const anna = await user('Anna')
      await told(anna, 'roomJoined', () =>
        anna.createRoom({
          roomName: 'Vars',
          userVariablesEnabled: true,
          roomVariables: [{ name: 'topic', data: 'Frogs & <pigs>', persistent: true }],
        }),
      )
      assert.deepEqual(anna.getRoomVariables(), { topic: 'Frogs & <pigs>' })
      const bert = await guest('Bert', 'Vars')
      assert.deepEqual(bert.getRoomVariables(), { topic: 'Frogs & <pigs>' })
      const [what, variables, name] = await told(bert, 'roomVariablesUpdated', () =>
        anna.createRoomVariable({ name: 'topic', data: 'Bears', persistent: true }),
      )
      assert.deepEqual([what, variables, name], ['updated', { topic: 'Bears' }, 'topic'])
      const [deleted] = await told(bert, 'roomVariablesUpdated', () => anna.deleteRoomVariable('topic'))
      assert.equal(deleted, 'deleted')

      const [of, how] = await told(bert, 'userVariableUpdated', () => anna.createUserVariable('v', 'a&b'))
      assert.deepEqual([of.label, of.userVariables.v, how], ['Anna', 'a&b', 'created'])
      const [, then] = await told(bert, 'userVariableUpdated', () => anna.updateUserVariable('v', 'c'))
      assert.equal(then, 'updated')
      const [gone, last] = await told(bert, 'userVariableUpdated', () => anna.deleteUserVariable('v'))
      assert.deepEqual([gone.userVariables, last], [{}, 'deleted'])
    })

    test('numbers the players of a game, and the first is its master', async () => {
      const anna = await user('Anna')
      await told(anna, 'roomJoined', () => anna.createGameRoom({ roomName: 'Chess', description: 'Quick' }))
      assert.deepEqual([anna.getUser()?.AssignedNumber?.value, anna.getUser()?.isGameMaster], [0, true])
      const room = anna.getRoom()
      assert.deepEqual(
        [room?.description, room?.attributes.isGameRoom, room?.attributes.Numbered],
        ['Quick', true, true],
      )
      const bert = await user('Bert')
      await told(bert, 'roomJoined', () => bert.joinGame('Chess'))
      assert.equal(bert.getUser()?.AssignedNumber?.value, 1)
      const [users] = await told(bert, 'usersRenumbered', () => anna.close())
      assert.deepEqual(
        users.map(({ label, isGameMaster }) => [label, isGameMaster]),
        [['Bert', true]],
      )
    })

    test('changes its room, and others see it', async () => {
      const anna = await guest('Anna', 'Changing')
      const bert = await guest('Bert', 'Looking')
      const roomNow = () => bert.getRoomList().find(({ label }) => label === 'Changing')
      const changed = () => until(bert, 'roomListUpdated', (_rooms, what) => what === 'roomupdated')
      let seen = changed()
      anna.changeRoomDetail('description', 'About <frogs>')
      await seen
      assert.equal(roomNow()?.description, 'About <frogs>')
      seen = changed()
      anna.changeRoomDetail('capacity', 7)
      await seen
      assert.equal(roomNow()?.Capacity.value, 7)
      seen = changed()
      anna.changeRoomDetail('password', 'pw')
      await seen
      assert.equal(roomNow()?.attributes.PasswordProtected, true)

      const [{ success }] = await told(bert, 'roomJoined', () => bert.joinRoom('Changing', 'wrong'))
      assert.equal(success, false)
      const [{ success: isIn }] = await told(bert, 'roomJoined', () => bert.joinRoom('Changing', 'pw'))
      assert.equal(isIn, true)
    })

    test('can be thrown out by a moderator, who can be recognised', async () => {
      const anna = await guest('Anna', 'Strict')
      const mod = await user('Mod', 'secret')
      await told(mod, 'roomJoined', () => mod.joinRoom('Strict'))
      assert.equal(mod.getUser()?.attributes.Moderator, true)
      const closed = anna.next('connectionClosed')
      assert.deepEqual(await told(anna, 'moderated', () => mod.kick('Anna', 'Language')), [
        'kick',
        'Language',
      ])
      assert.deepEqual(await deadline(closed, PATIENCE, 'the end'), [true])
      assert.equal(anna.isConnected, false)
    })

    test('asks for numbers, times, zones, rooms and users', async () => {
      const anna = await guest('Anna', 'Asking')
      assert.deepEqual(await told(anna, 'loggedInUserCountUpdated', () => anna.getLoggedInUserCount()), [1])
      const [millis] = await told(anna, 'onGetServerTime', () => anna.getServerTime())
      assert.ok(Math.abs(millis - Date.now()) < 60_000)
      const [rooms, zone] = await told(anna, 'onRoomsInZoneLoaded', () => anna.getRoomsInZone('BHSmall'))
      assert.deepEqual([rooms.map(({ label }) => label), zone], [['Lobby', 'R2'], 'BHSmall'])
      const [zones] = await told(anna, 'allZonesLoaded', () => anna.getAllZones())
      assert.ok(zones.some(({ name, numUsers }) => name === 'BH0' && numUsers === 1))
      assert.deepEqual(await told(anna, 'userLocationLoaded', () => anna.getUserLocation('Anna')), [
        'Anna',
        'BH0',
        'Asking',
      ])
      const [users, room] = await told(anna, 'usersInRoomLoaded', () => anna.getUsersInRoom('Asking'))
      assert.deepEqual([users.map(({ label }) => label), room], [['Anna'], 'Asking'])
      const [request, error] = await told(anna, 'requestFailed', () => anna.addBuddy('Bert'))
      assert.equal(request, 'AddBuddy')
      assert.notEqual(error, '')
    })

    test('enters another zone by a room of it', async () => {
      const anna = await guest('Anna', 'Here')
      const zone = anna.next('zoneChanged')
      await told(anna, 'roomJoined', () => anna.joinRoom('R2', '', 'BHSmall'))
      assert.deepEqual(await zone, ['BHSmall'])
      assert.deepEqual([anna.getZone().name, anna.getRoom()?.label], ['BHSmall', 'R2'])
    })

    test('calls a plugin, which is an extension', async () => {
      const anna = await guest('Anna', 'Dicing')
      const answer = await told(anna, 'pluginMessageReceived', () =>
        anna.pluginRequest('dice', 'roll', { sides: '6' }),
      )
      assert.deepEqual(answer, ['dice', 'rolled', { by: 'Anna', sides: '6' }])
    })

    test('gets the configuration as an administrator, and nothing secret in it', async () => {
      const root = stranger()
      await told(root, 'onConnection', () => root.connect())
      assert.deepEqual(
        await told(root, 'adminLoggedIn', () => root.adminLogin('root', 'wrong')).then(([ok]) => ok),
        false,
      )
      await told(root, 'adminLoggedIn', () => root.adminLogin('root', 'secret'))
      const [parameters] = await told(root, 'configurationLoaded', () => root.loadConfiguration())
      const text = JSON.stringify(parameters)
      assert.match(text, /"Zones"/)
      assert.match(text, /BHSmall/)
      assert.doesNotMatch(text, /secret/)
    })

    test('says that the server is gone', async () => {
      const es = stranger()
      await told(es, 'onConnection', () => es.connect())
      assert.deepEqual(await told(es, 'connectionClosed', () => es.close()), [false])
    })
  })
}
