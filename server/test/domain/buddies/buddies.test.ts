import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Buddies } from '../../../src/domain/buddies/buddies.ts'
import type { BuddyStore } from '../../../src/domain/buddies/buddy-store.ts'
import { MemoryBuddies } from '../../../src/domain/buddies/memory-buddies.ts'
import { type BuddySettings, DEFAULT_BUDDIES } from '../../../src/domain/buddies/settings.ts'
import type { DomainEvent } from '../../../src/domain/event.ts'
import { StoreUnavailable } from '../../../src/domain/store-unavailable.ts'
import { typedValue, type VariableInput } from '../../../src/domain/typed-value.ts'
import type { User } from '../../../src/domain/user.ts'
import type { Zone } from '../../../src/domain/zone.ts'
import { Zones } from '../../../src/domain/zones.ts'
import { RequestError } from '../../../src/errors.ts'
import { zoneSettings } from '../../support/settings.ts'

/** A zone with buddy lists, and what each of its users is told, in short words. */
class Circle {
  readonly zone: Zone
  readonly buddies: Buddies
  #told: string[] = []

  constructor(settings: Partial<BuddySettings> = {}, store: BuddyStore = new MemoryBuddies()) {
    const buddies = { ...DEFAULT_BUDDIES, states: [], ...settings }
    const [zone] = new Zones([zoneSettings({ buddies })], event => this.#hear(event), store)
    assert.ok(zone?.buddies)
    this.zone = zone
    this.buddies = zone.buddies
  }

  /** Somebody who logged in, with a buddy list. */
  async user(name: string, ...buddies: readonly string[]): Promise<User> {
    const user = this.stranger(name)
    await this.buddies.start(user)
    for (const buddy of buddies) await this.buddies.add(user, buddy)
    return user
  }

  stranger(name: string): User {
    return this.zone.logIn({ name, privilegeId: 0, properties: new Map() })
  }

  set(user: User, name: string, value: VariableInput): Promise<void> {
    return this.buddies.setVariables(user, [{ name, value: typedValue(value) }])
  }

  /** What was told since the last call. */
  told(): string[] {
    return this.#told.splice(0)
  }

  #hear(event: DomainEvent): void {
    const say = (to: User, what: string) => this.#told.push(`${to.name}: ${what}`)
    const variables = (rows: readonly { name: string; value: { value: unknown } }[]) =>
      rows.map(({ name, value }) => ` ${name}=${value.value}`).join('')
    switch (event.type) {
      case 'buddy-list-ready': {
        const rows = event.buddies.map(row => ` ${row.name}(${row.id < 0 ? 'away' : 'here'})`)
        say(event.user, `list${rows.join('')}${variables(event.variables)}`)
        break
      }
      case 'buddy-added': {
        const { name, id, isTemporary, variables: rows } = event.buddy
        const what = `${isTemporary ? 'for now ' : ''}${name} ${id < 0 ? 'away' : 'here'}`
        say(event.user, `has ${what}${variables(rows)}`)
        break
      }
      case 'buddy-removed':
        say(event.user, `has ${event.name} no more`)
        break
      case 'buddy-blocked': {
        const row = event.buddy
        const state = row === undefined ? '' : ` ${row.id < 0 ? 'away' : 'here'}${variables(row.variables)}`
        say(event.user, `${event.isBlocked ? 'blocks' : 'frees'} ${event.name}${state}`)
        break
      }
      case 'buddy-state-changed': {
        const state = ['here', 'hidden', 'gone'][event.state]
        event.forEachViewer(user => say(user, `${event.owner.name} is ${state}`))
        break
      }
      case 'buddy-variables-changed':
        event.forEachViewer(user => say(user, `${event.owner.name} has${variables(event.changes)}`))
        break
      case 'buddy-message':
        say(event.recipient, `"${event.text}" from ${event.sender.name}`)
        break
      default:
    }
  }
}

async function refuses(error: string, work: Promise<void>, args: readonly string[] = []): Promise<void> {
  await assert.rejects(work, thrown => {
    assert.ok(thrown instanceof RequestError)
    assert.deepEqual([thrown.error, ...thrown.args], [error, ...args])
    return true
  })
}

test('a buddy is told when somebody comes, hides, shows himself and goes, each once [P-6.17]', async () => {
  const circle = new Circle()
  await circle.user('Ann', 'Bob')
  assert.deepEqual(circle.told(), ['Ann: list', 'Ann: has Bob away'])
  const bob = circle.stranger('Bob')
  assert.deepEqual(circle.told(), [], 'who did not ask for his list is not seen')
  await circle.buddies.start(bob)
  assert.deepEqual(circle.told(), ['Bob: list', 'Ann: Bob is here'])
  await circle.buddies.setOnline(bob, false)
  assert.deepEqual(circle.told(), ['Ann: Bob is hidden', 'Bob: Bob is hidden'])
  await refuses('buddy-list-unchanged', circle.buddies.setOnline(bob, false))
  await circle.buddies.setOnline(bob, true)
  assert.deepEqual(circle.told(), ['Ann: Bob is here', 'Bob: Bob is here'])
  circle.zone.remove(bob)
  circle.zone.remove(bob)
  assert.deepEqual(circle.told(), ['Ann: Bob is gone'])
})

test('a list, its blocked buddies and offline variables are there at the next visit; others are not', async () => {
  const store = new MemoryBuddies()
  const before = new Circle({}, store)
  const ann = await before.user('Ann', 'Bob', 'Cat')
  await before.buddies.block(ann, 'Cat', true)
  await before.set(ann, '$motto', 'hi')
  await before.set(ann, 'score', 5)
  await before.user('Dan', 'Ann')
  before.zone.remove(ann)
  const after = new Circle({}, store)
  await after.user('Dan')
  assert.deepEqual(after.told(), ['Dan: list Ann(away)'])
  const back = await after.user('Ann')
  assert.deepEqual(after.told(), ['Ann: list Bob(away) Cat(away) $motto=hi', 'Dan: Ann is here'])
  assert.deepEqual(
    [...(after.buddies.listOf(back)?.buddies.values() ?? [])].map(({ name, isBlocked }) => [name, isBlocked]),
    [
      ['Bob', false],
      ['Cat', true],
    ],
  )
})

test('of who is away the offline variables are seen, of who hides as well', async () => {
  const circle = new Circle()
  const bob = await circle.user('Bob')
  await circle.set(bob, '$motto', 'hi')
  await circle.set(bob, 'score', 5)
  const ann = await circle.user('Ann')
  circle.told()
  await circle.buddies.add(ann, 'Bob')
  assert.deepEqual(circle.told(), ['Ann: has Bob here $motto=hi score=5'])
  await circle.buddies.setOnline(bob, false)
  await circle.user('Cat', 'Bob')
  assert.ok(circle.told().includes('Cat: has Bob away $motto=hi $__BV_ONLINE__=false'))
  await circle.buddies.setOnline(bob, true)
  assert.deepEqual(
    circle.told().filter(line => line.startsWith('Cat')),
    ['Cat: Bob is here', 'Cat: Bob has score=5'],
    'what goes with the visit is told when he shows himself',
  )
  circle.zone.remove(bob)
  await circle.user('Dan', 'Bob')
  assert.ok(circle.told().includes('Dan: has Bob away $motto=hi $__BV_ONLINE__=true'))
})

test('offline variables can be off: then nothing is kept of them', async () => {
  const store = new MemoryBuddies()
  const circle = new Circle({ offlineVariables: false }, store)
  const ann = await circle.user('Ann', 'Bob')
  await circle.set(ann, '$motto', 'hi')
  assert.deepEqual(await store.load('Test', 'Ann'), {
    buddies: [{ name: 'Bob', isBlocked: false }],
    variables: [],
  })
})

test('of guests nothing is kept: the next one of that name is somebody else', async () => {
  const store = new MemoryBuddies()
  const circle = new Circle({}, store)
  const guest = await circle.user('Guest#7', 'Ann')
  assert.equal(await store.load('Test', guest.name), undefined)
})

test('who never had a list begins with the first state, and it is told after the list [P-6.17.4]', async () => {
  const circle = new Circle({ states: ['Here', 'Out'] })
  const ann = await circle.user('Ann')
  assert.deepEqual(circle.told(), ['Ann: list', 'Ann: Ann has $__BV_STATE__=Here'])
  await circle.set(ann, '$__BV_STATE__', 'Elsewhere')
  circle.zone.remove(ann)
  circle.told()
  await circle.user('Ann')
  assert.deepEqual(circle.told(), ['Ann: list $__BV_STATE__=Elsewhere'])
})

test('a list is asked for once, and before everything else', async () => {
  const circle = new Circle()
  const ann = circle.stranger('Ann')
  await refuses('buddy-list-not-ready', circle.buddies.add(ann, 'Bob'))
  await refuses('buddy-list-not-ready', circle.buddies.setOnline(ann, false))
  const both = [circle.buddies.start(ann), circle.buddies.start(ann)] as const
  await both[0]
  await refuses('buddy-list-unchanged', both[1])
})

test('nobody adds himself, nobody or somebody twice, or more than a list holds', async () => {
  const circle = new Circle({ maxBuddies: 1 })
  const ann = await circle.user('Ann', 'Bob')
  await refuses('buddy-not-addable', circle.buddies.add(ann, 'Ann'))
  await refuses('buddy-not-addable', circle.buddies.add(ann, ''))
  await refuses('buddy-not-addable', circle.buddies.add(ann, 'x'.repeat(1001)))
  await refuses('buddy-list-unchanged', circle.buddies.add(ann, 'Bob'))
  await refuses('buddy-list-full', circle.buddies.add(ann, 'Cat'), ['1'])
  await refuses('buddy-unknown', circle.buddies.remove(ann, 'Cat'))
  await refuses('buddy-unknown', circle.buddies.block(ann, 'Cat', true))
  await circle.buddies.remove(ann, 'Bob')
  await circle.buddies.add(ann, 'Cat')
})

test('who was removed is not heard of any more', async () => {
  const circle = new Circle()
  const ann = await circle.user('Ann', 'Bob')
  const bob = await circle.user('Bob')
  await circle.buddies.remove(ann, 'Bob')
  circle.told()
  await circle.set(bob, 'score', 5)
  circle.zone.remove(bob)
  assert.deepEqual(circle.told(), ['Bob: Bob has score=5'])
})

test('a block stops messages and variables of both sides, and its side is not told of it [P-6.17.3]', async () => {
  const circle = new Circle()
  const ann = await circle.user('Ann', 'Bob')
  const bob = await circle.user('Bob', 'Ann')
  circle.told()
  await circle.buddies.block(ann, 'Bob', true)
  assert.deepEqual(circle.told(), ['Ann: blocks Bob'])
  await circle.set(ann, 'score', 1)
  await circle.set(bob, 'score', 2)
  assert.deepEqual(circle.told(), ['Ann: Ann has score=1', 'Bob: Bob has score=2'])
  for (const [from, to] of [
    [ann, bob],
    [bob, ann],
  ] as const) {
    assert.throws(() => circle.buddies.sendMessage(from, to, 'hi', undefined), { error: 'buddy-blocked' })
  }
  await circle.buddies.block(ann, 'Bob', false)
  assert.deepEqual(circle.told(), ['Ann: frees Bob here score=2', 'Bob: Ann is here', 'Bob: Ann has score=1'])
})

test('who is blocked sees the other go, and come no more until he is free', async () => {
  const circle = new Circle()
  const ann = await circle.user('Ann', 'Bob')
  const bob = await circle.user('Bob', 'Ann')
  await circle.buddies.block(ann, 'Bob', true)
  circle.told()
  circle.zone.remove(ann)
  assert.deepEqual(circle.told(), ['Bob: Ann is gone'])
  const back = await circle.user('Ann')
  assert.deepEqual(circle.told(), ['Ann: list Bob(here)'])
  circle.zone.remove(back)
  assert.deepEqual(circle.told(), [], 'he did not see her come')
  const again = await circle.user('Ann')
  circle.zone.remove(bob)
  circle.told()
  await circle.user('Bob')
  assert.deepEqual(circle.told(), ['Bob: list Ann(away)', 'Ann: Bob is here'])
  await circle.buddies.remove(again, 'Bob')
  assert.deepEqual(circle.told(), ['Ann: has Bob no more', 'Bob: Ann is here'])
})

test('a message makes a stranger a buddy for now, who is nothing that is kept until he is added or blocked', async () => {
  const store = new MemoryBuddies()
  const circle = new Circle({}, store)
  const ann = await circle.user('Ann', 'Bob')
  const bob = await circle.user('Bob')
  circle.told()
  circle.buddies.sendMessage(ann, bob, 'hi', undefined)
  assert.deepEqual(circle.told(), ['Bob: has for now Ann here', 'Bob: "hi" from Ann'])
  circle.buddies.sendMessage(bob, ann, 'hello', undefined)
  assert.deepEqual(circle.told(), ['Ann: "hello" from Bob'])
  await circle.set(bob, '$motto', 'x')
  assert.deepEqual((await store.load('Test', 'Bob'))?.buddies, [])
  await circle.buddies.block(bob, 'Ann', true)
  assert.deepEqual((await store.load('Test', 'Bob'))?.buddies, [{ name: 'Ann', isBlocked: true }])
  await circle.buddies.remove(bob, 'Ann')
  await circle.buddies.add(bob, 'Ann')
  assert.deepEqual((await store.load('Test', 'Bob'))?.buddies, [{ name: 'Ann', isBlocked: false }])
})

test('there are no more strangers on a list than it may hold, and none where the zone wants none', async () => {
  const one = new Circle({ maxBuddies: 1 })
  const bob = await one.user('Bob')
  for (const name of ['Ann', 'Cat']) {
    const sender = await one.user(name, 'Bob')
    one.buddies.sendMessage(sender, bob, 'hi', undefined)
  }
  assert.deepEqual([...(one.buddies.listOf(bob)?.buddies.keys() ?? [])], ['Ann'])
  await one.buddies.add(bob, 'Dan')
  const none = new Circle({ temporaryBuddies: false })
  const [ann, cat] = [await none.user('Ann', 'Cat'), await none.user('Cat')]
  none.buddies.sendMessage(ann, cat, 'hi', undefined)
  assert.equal(none.buddies.listOf(cat)?.buddies.size, 0)
})

test('strangers who are blocked do not make a list longer than it may be [P-6.17.6]', async () => {
  const store = new MemoryBuddies()
  const circle = new Circle({ maxBuddies: 1 }, store)
  const bob = await circle.user('Bob')
  const ann = await circle.user('Ann', 'Bob')
  const cat = await circle.user('Cat', 'Bob')
  circle.buddies.sendMessage(ann, bob, 'hi', undefined)
  await circle.buddies.block(bob, 'Ann', true)
  circle.buddies.sendMessage(cat, bob, 'hi', undefined)
  circle.told()
  await circle.buddies.block(bob, 'Cat', true)
  assert.deepEqual(circle.told(), ['Bob: blocks Cat'])
  assert.throws(() => circle.buddies.sendMessage(cat, bob, 'hi', undefined), RequestError)
  assert.deepEqual((await store.load('Test', 'Bob'))?.buddies, [{ name: 'Ann', isBlocked: true }])
})

test('messages go to buddies who are there and want to be seen', async () => {
  const circle = new Circle()
  const ann = await circle.user('Ann', 'Bob', 'Cat')
  const bob = await circle.user('Bob')
  const cat = circle.stranger('Cat')
  const dan = await circle.user('Dan')
  const say = (to: User | undefined, text = 'hi') => circle.buddies.sendMessage(ann, to, text, undefined)
  assert.throws(() => say(dan), { error: 'buddy-unknown' })
  assert.throws(() => say(undefined), { error: 'recipient-unknown' })
  assert.throws(() => say(cat), { error: 'buddy-away' })
  assert.throws(() => say(bob, ''), { error: 'message-empty' })
  await circle.buddies.setOnline(bob, false)
  assert.throws(() => say(bob), { error: 'buddy-away' })
  await circle.buddies.setOnline(ann, false)
  await circle.buddies.setOnline(bob, true)
  circle.told()
  say(bob)
  assert.deepEqual(circle.told(), ['Bob: has for now Ann away $__BV_ONLINE__=false', 'Bob: "hi" from Ann'])
})

test('variables over the limit change nothing at all, and whether somebody is seen takes no place', async () => {
  const circle = new Circle({ maxVariables: 2 })
  const ann = await circle.user('Ann')
  await circle.buddies.setOnline(ann, false)
  await refuses('buddy-away', circle.set(ann, 'a', 1))
  await circle.buddies.setOnline(ann, true)
  const rows = (...names: string[]) => names.map(name => ({ name, value: typedValue(1) }))
  await refuses('too-many-buddy-variables', circle.buddies.setVariables(ann, rows('a', 'b', 'c')), ['2'])
  await circle.buddies.setVariables(ann, rows('a', 'b'))
  await circle.set(ann, 'a', null)
  await circle.set(ann, 'c', 1)
  assert.deepEqual(
    circle.buddies.listOf(ann)?.volatileVariables.map(({ name }) => name),
    ['b', 'c'],
  )
})

test('variables have so many bytes together at most, and nothing is set beyond', async () => {
  const circle = new Circle({ maxVariableBytes: 256 })
  const ann = await circle.user('Ann')
  await circle.set(ann, '$long', 'x'.repeat(200))
  await refuses('too-many-buddy-variables', circle.set(ann, 'more', 'y'.repeat(60)), ['256'])
  await refuses('too-many-buddy-variables', circle.set(ann, '$long', 'ü'.repeat(130)), ['256'])
  assert.deepEqual([...(circle.buddies.listOf(ann)?.variables.keys() ?? [])], ['$long'])
  await circle.set(ann, '$long', 'short')
  await circle.set(ann, 'more', 'y'.repeat(60))
})

test('whether somebody is seen is no variable to set, and names and states are texts', async () => {
  const circle = new Circle()
  const ann = await circle.user('Ann')
  await refuses('variables-invalid', circle.set(ann, '$__BV_ONLINE__', false))
  await refuses('variables-invalid', circle.set(ann, '$__BV_STATE__', 5))
  await refuses('variables-invalid', circle.set(ann, '$__BV_NICKNAME__', true))
  await refuses('variables-invalid', circle.buddies.setVariables(ann, []))
  await circle.set(ann, '$__BV_NICKNAME__', 'Annie')
  await circle.set(ann, '$__BV_NICKNAME__', null)
})

test('a change that cannot be kept is none, and works once the database is back', async () => {
  class Fragile extends MemoryBuddies {
    isGone = false
    override async save(...list: Parameters<BuddyStore['save']>): Promise<void> {
      if (this.isGone) throw new StoreUnavailable('gone')
      await super.save(...list)
    }
  }
  const store = new Fragile()
  const circle = new Circle({}, store)
  const ann = await circle.user('Ann')
  store.isGone = true
  circle.told()
  await refuses('buddy-list-unavailable', circle.buddies.add(ann, 'Bob'), ['The database cannot be reached'])
  assert.deepEqual(circle.told(), [])
  assert.equal(circle.buddies.listOf(ann)?.has('Bob'), false)
  store.isGone = false
  await circle.buddies.add(ann, 'Bob')
  assert.deepEqual(circle.told(), ['Ann: has Bob away'])
})

test('who goes while his list is loaded has none, and nobody sees him', async () => {
  const circle = new Circle()
  await circle.user('Bob', 'Ann')
  circle.told()
  const ann = circle.stranger('Ann')
  const loading = circle.buddies.start(ann)
  circle.zone.remove(ann)
  await refuses('request-out-of-turn', loading)
  assert.deepEqual(circle.told(), [])
})

test('changes that are asked for at once are all kept', async () => {
  const store = new MemoryBuddies()
  const circle = new Circle({}, store)
  const ann = await circle.user('Ann')
  await Promise.all(['Bob', 'Cat', 'Dan'].map(name => circle.buddies.add(ann, name)))
  const kept = await store.load('Test', 'Ann')
  assert.deepEqual(
    kept?.buddies.map(({ name }) => name),
    ['Bob', 'Cat', 'Dan'],
  )
})
