import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Buddies, Games, rooms, type SmartFox } from '../src/index.ts'
import { REFUSALS } from '../src/refusals.ts'
import { type PuppetServer, puppet, roomRow } from './support/puppet-server.ts'
import { until } from './support/time.ts'

const ROOM = 1
/** A code that stands for no refusal in particular. */
const CODE = 28
const NAMES = ['games']

interface Refused {
  /** The action on which the server refuses [P-4.5.2]. */
  readonly action: number
  readonly ask: (sfs: SmartFox) => Promise<unknown>
}

const everything = rooms()
const quickJoin = (sfs: SmartFox) => new Games(sfs).quickJoin(everything, NAMES)

/** Every promise form, with each of the actions on which it can be refused. */
const PROMISES: Readonly<Record<string, Refused>> = {
  login: { action: 1, ask: sfs => sfs.login('Ann') },
  join: { action: 4, ask: sfs => sfs.join(ROOM) },
  createRoom: { action: 6, ask: sfs => sfs.createRoom({ name: 'New' }) },
  'createRoom, which is joined': { action: 6, ask: sfs => sfs.createRoom({ name: 'New' }, { join: true }) },
  'createRoom, whose join fails': { action: 4, ask: sfs => sfs.createRoom({ name: 'New' }, { join: true }) },
  'quickJoinOrCreate, as a creation': {
    action: 6,
    ask: sfs => sfs.quickJoinOrCreate(everything, NAMES, { name: 'New' }),
  },
  'quickJoinOrCreate, as a join': {
    action: 4,
    ask: sfs => sfs.quickJoinOrCreate(everything, NAMES, { name: 'New' }),
  },
  changeRoomName: { action: 8, ask: sfs => sfs.changeRoomName(ROOM, 'Go') },
  changeRoomPassword: { action: 9, ask: sfs => sfs.changeRoomPassword(ROOM, 'x') },
  changeRoomCapacity: { action: 19, ask: sfs => sfs.changeRoomCapacity(ROOM, 5, 1) },
  subscribeGroup: { action: 15, ask: sfs => sfs.subscribeGroup('games') },
  unsubscribeGroup: { action: 16, ask: sfs => sfs.unsubscribeGroup('games') },
  spectatorToPlayer: { action: 17, ask: sfs => sfs.spectatorToPlayer(ROOM) },
  playerToSpectator: { action: 18, ask: sfs => sfs.playerToSpectator(ROOM) },
  'a new game': { action: 6, ask: sfs => new Games(sfs).create({ name: 'Duel' }) },
  'a new game, whose join fails': { action: 4, ask: sfs => new Games(sfs).create({ name: 'Duel' }) },
  'a quick join of games, on its own action': { action: 303, ask: quickJoin },
  'a quick join of games, as a join': { action: 4, ask: quickJoin },
  'a buddy list': { action: 200, ask: sfs => new Buddies(sfs).init() },
  'a new buddy': { action: 201, ask: sfs => new Buddies(sfs).add('Cid') },
  'a blocked buddy': { action: 202, ask: sfs => new Buddies(sfs).block('Bob') },
  'a removed buddy': { action: 203, ask: sfs => new Buddies(sfs).remove('Bob') },
  'buddy variables': { action: 204, ask: sfs => new Buddies(sfs).setVariables({ mood: 'fine' }) },
  'going offline': { action: 205, ask: sfs => new Buddies(sfs).goOnline(false) },
}

/** What is refused without a promise: only `invitationReplyError` tells. */
const EVENTS_ONLY = [301]

/** A client whose buddy list is there, with Bob on it, unless that is what is asked for. */
async function ready(server: PuppetServer, action: number): Promise<SmartFox> {
  const sfs = await server.loggedIn([roomRow({ id: ROOM, name: 'Chess', isGame: true })])
  if (action > 200 && action <= 205) {
    const loaded = new Buddies(sfs).init()
    const bob = { id: 7, name: 'Bob', isBlocked: false, variables: [] }
    server.say('InitBuddyList', { states: [], variables: [], buddies: [bob] })
    await loaded
    server.requests.length = 0
  }
  return sfs
}

describe('a promise form rejects with the code of the server, and an event tells of it', () => {
  for (const [what, { action, ask }] of Object.entries(PROMISES)) {
    test(what, { timeout: 5000 }, async t => {
      const server = puppet(t)
      const sfs = await ready(server, action)
      const event = REFUSALS[action]
      assert.ok(event)
      const told = sfs.next(event)
      const asked = assert.rejects(ask(sfs), { name: 'SFSError', code: CODE, message: 'because' })
      await until(() => server.asked.length === 1)
      server.refuse(action, CODE, 'because')
      await asked
      assert.deepEqual(await told, { errorCode: CODE, errorMessage: 'because' })
    })
  }

  test('there is one for every action that can be refused', () => {
    const refused = new Set([...Object.values(PROMISES).map(({ action }) => action), ...EVENTS_ONLY])
    assert.deepEqual([...refused].sort(), Object.keys(REFUSALS).map(Number).sort())
  })
})
