import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSArray, SFSObject, SFSType, type SFSValue } from '@warren/codec'
import type { StoredAccount } from '../../src/accounts/account.ts'
import type { Ban } from '../../src/domain/bans.ts'
import type { RoomSettings } from '../../src/domain/settings.ts'
import { MAX_DATA_CHARS, MAX_KEY_BYTES } from '../../src/extension/data-store.ts'
import type { Store } from '../../src/store/store.ts'

/** Names that somebody may have who means no good: NUL, half a surrogate pair, quotes, escapes, patterns. */
const ODD_NAMES = ["o'; drop table bans; --", 'a\0b', 'a\\u0000b', '\ud800', 'ünï💬', '%', '_', '\\', '']

/** A text of so many bytes of UTF-8, or one or two less, without any order in it. */
function longText(bytes: number): string {
  const chars = Array.from(
    { length: Math.floor(bytes / 3) },
    (_, n) => 0x4e00 + ((n * 7919 + n * n * 31) % 20_000),
  )
  return String.fromCharCode(...chars)
}

/** A room to change at will. */
export const ROOM: RoomSettings = {
  name: 'Lounge',
  group: 'default',
  password: 'pässword',
  maxUsers: 20,
  maxSpectators: 3,
  isGame: true,
  isHidden: false,
  maxVariables: 10,
  variables: [],
  autoRemove: 'never',
  onlyOwnerInvites: true,
  filterWords: false,
  permissions: { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false },
  events: { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true },
  extensions: [{ name: 'tris', config: { size: 3 } }],
}

/** An account to change at will. */
export const ACCOUNT: StoredAccount = {
  name: 'Änn',
  email: 'Ann@example.org',
  state: 'active',
  privilegeId: 1,
  createdAt: 1.7e12,
  lastLoginAt: null,
  extra: { team: 'red', score: [1, 2.5] },
  password: { hash: '$argon2id$…', sealed: 'k.x.y' },
  code: null,
}

const VALUES: readonly SFSValue[] = [
  { type: SFSType.BOOL, value: true },
  { type: SFSType.INT, value: -7 },
  { type: SFSType.DOUBLE, value: 3 },
  { type: SFSType.UTF_STRING, value: 'ünï\0💬' },
  { type: SFSType.SFS_OBJECT, value: new SFSObject().putLong('l', 2n ** 60n).putFloat('f', 0.5) },
  { type: SFSType.SFS_ARRAY, value: new SFSArray().addInt(1).addByteArray(Uint8Array.of(0, 255)) },
]

const NAMED = VALUES.map((value, index) => ({ name: `$v${index}`, value }))

/**
 * What every store does.
 * @param create  gives an empty store; the test opens and closes it
 */
export function storeContract(kind: string, create: () => Promise<Store>): void {
  const check = (behaviour: string, work: (store: Store) => Promise<void>) =>
    test(`${kind}: ${behaviour}`, async () => {
      const store = await create()
      try {
        await store.open()
        await work(store)
      } finally {
        await store.close()
      }
    })

  check('a value that an extension set is read as it was, until it is deleted', async ({ data }) => {
    const ann = data.of('ann')
    const value = { text: 'a\0ü💬\ud800', list: [1, -0.5, null, true], deep: { a: {} } }
    assert.equal(await ann.get('k'), undefined)
    await ann.set('k', value)
    assert.deepEqual(await ann.get('k'), value)
    await ann.set('k', 2)
    assert.equal(await ann.get('k'), 2)
    assert.equal(await data.of('bob').get('k'), undefined)
    assert.deepEqual([await ann.delete('k'), await ann.delete('k')], [true, false])
    assert.equal(await ann.get('k'), undefined)
    await assert.rejects(ann.set('k', undefined as never), TypeError)
  })

  check('a value or a key that is too long is refused, one at the limit kept', async ({ data }) => {
    const store = data.of('x')
    const longest = 'x'.repeat(MAX_DATA_CHARS - 2)
    const key = 'k'.repeat(MAX_KEY_BYTES)
    await store.set(key, longest)
    assert.equal(await store.get(key), longest)
    await assert.rejects(store.set(key, `${longest}x`), RangeError)
    await assert.rejects(store.set(`${key}k`, 1), RangeError)
    assert.equal(await store.get(key), longest)
    assert.deepEqual(await store.keys(), [key])
  })

  check(
    'the longest names and keys are kept, of letters that need three bytes and cannot be compressed',
    async store => {
      const key = longText(MAX_KEY_BYTES)
      await store.data.of('x').set(key, 1)
      assert.deepEqual(await store.data.of('x').keys(), [key])
      await assert.rejects(store.data.of('x').set(`${key}ü`, 1), RangeError)
      const name = longText(1000)
      const list = { buddies: [{ name, isBlocked: true }], variables: NAMED }
      await store.buddies.save('Test', name, list)
      assert.deepEqual(await store.buddies.load('Test', name), list)
      const ban: Ban = { target: { by: 'name', zone: 'Test', name }, until: null, reason: '' }
      await store.bans.keep(ban, 0)
      assert.deepEqual(await store.bans.load(0), [ban])
      const account = { ...ACCOUNT, name: longText(3 * 255) }
      assert.equal(await store.accounts.add('Test', account, 0), 'kept')
      assert.deepEqual(await store.accounts.find('Test', account.name), account)
      const room = { ...ROOM, name: longText(3 * 255), group: name }
      await store.rooms.save('Test', [room])
      assert.deepEqual(await store.rooms.load('Test', 'all'), [room])
    },
  )

  check('odd keys are keys like others', async ({ data }) => {
    const store = data.of("it's")
    for (const [index, key] of ODD_NAMES.entries()) await store.set(key, index)
    for (const [index, key] of ODD_NAMES.entries()) assert.equal(await store.get(key), index, key)
    assert.deepEqual(await store.keys(), [...ODD_NAMES].sort())
  })

  check('keys are listed by what they begin with, in order', async ({ data }) => {
    const store = data.of('x')
    for (const key of ['b', 'ab', 'a', 'a%', 'a\u{10ffff}z', 'aa', 'B', 'ä', 'a\ud7ffx'])
      await store.set(key, 1)
    assert.deepEqual(await store.keys('a'), ['a', 'a%', 'aa', 'ab', 'a\ud7ffx', 'a\u{10ffff}z'])
    assert.deepEqual(await store.keys('a%'), ['a%'])
    assert.deepEqual(await store.keys('a\u{10ffff}'), ['a\u{10ffff}z'])
    assert.deepEqual(await store.keys('a\ud7ff'), ['a\ud7ffx'])
    assert.deepEqual(await store.keys('zz'), [])
  })

  check('changes that nobody waits for take effect in the order they were made', async ({ data }) => {
    const store = data.of('x')
    const writes = Array.from({ length: 300 }, (_, n) => store.set(`k${n % 3}`, n))
    assert.deepEqual(await Promise.all([store.get('k0'), store.get('k1'), store.get('k2')]), [297, 298, 299])
    await Promise.all(writes)
    assert.deepEqual(await store.keys(), ['k0', 'k1', 'k2'])
  })

  check('bans are found in the order they were made, the last word on each target', async ({ bans }) => {
    const ann: Ban = { target: { by: 'name', zone: 'Test', name: 'ann' }, until: null, reason: 'rüde' }
    const line: Ban = { target: { by: 'address', address: '::1' }, until: 4e12, reason: '' }
    await bans.keep(ann, 1000)
    await bans.keep(line, 2000)
    assert.deepEqual(await bans.load(2000), [ann, line])
    await bans.keep({ ...ann, reason: 'again' }, 3000)
    assert.deepEqual(await bans.load(3000), [line, { ...ann, reason: 'again' }])
    await bans.lift(ann.target)
    await bans.lift({ by: 'name', zone: '', name: '::1' })
    assert.deepEqual(await bans.load(3000), [line])
  })

  check('a ban that has ended is neither found nor kept', async ({ bans }) => {
    const first: Ban = { target: { by: 'address', address: '1' }, until: 1000, reason: '' }
    await bans.keep(first, 0)
    assert.deepEqual(await bans.load(999), [first])
    assert.deepEqual(await bans.load(1000), [])
    await bans.keep({ ...first, target: { by: 'address', address: '2' }, until: null }, 1000)
    assert.equal((await bans.load(0)).length, 1)
  })

  check('bans of odd names are told apart', async ({ bans }) => {
    const all = ODD_NAMES.map(
      (name): Ban => ({ target: { by: 'name', zone: name, name }, until: null, reason: name }),
    )
    for (const [made, ban] of all.entries()) await bans.keep(ban, made)
    assert.deepEqual(await bans.load(0), all)
    for (const { target } of all.slice(1)) await bans.lift(target)
    assert.deepEqual(await bans.load(0), all.slice(0, 1))
  })

  check('a buddy list comes back with every value of its type', async ({ buddies }) => {
    const list = {
      buddies: ODD_NAMES.map((name, index) => ({ name, isBlocked: index % 2 === 1 })),
      variables: NAMED,
    }
    assert.equal(await buddies.load('Test', 'ann'), undefined)
    await buddies.save('Test', 'ann', list)
    assert.deepEqual(await buddies.load('Test', 'ann'), list)
    assert.equal(await buddies.load('Other', 'ann'), undefined)
    assert.equal(await buddies.load('Test', 'Ann'), undefined)
    await buddies.save('Test', 'ann', { buddies: [], variables: [] })
    assert.deepEqual(await buddies.load('Test', 'ann'), { buddies: [], variables: [] })
  })

  check('offline variables of many are found at once', async ({ buddies }) => {
    const owners = Array.from({ length: 1200 }, (_, n) => `user${n}`)
    const some = owners.filter((_, n) => n % 3 === 0)
    await Promise.all(
      some.map((owner, n) => buddies.save('Test', owner, { buddies: [], variables: NAMED.slice(0, n % 3) })),
    )
    const found = await buddies.variablesOf('Test', owners)
    assert.deepEqual([...found.keys()].sort(), [...some].sort())
    for (const [n, owner] of some.entries()) assert.deepEqual(found.get(owner), NAMED.slice(0, n % 3))
    assert.equal((await buddies.variablesOf('Test', [])).size, 0)
  })

  check('rooms come back as they were, with their variables', async ({ rooms }) => {
    const flags = { isPrivate: true, isPersistent: true, isGlobal: false, isHidden: true }
    const room = { ...ROOM, variables: NAMED.map(variable => ({ ...variable, ...flags })) }
    const mmo = {
      aoi: { kind: 'float', x: 1.5, y: 2, z: 0 },
      lowerLimit: null,
      higherLimit: null,
      maxLimboSeconds: 50,
      proximityMillis: 100,
      sendEntryPoint: true,
      leaveFactor: 1.2,
      maxVisibleUsers: 100,
      streamPositions: true,
      positionStep: 0,
    } as const
    const world = { ...ROOM, name: 'World', isGame: false, mmo }
    await rooms.save('Test', [world, room])
    assert.deepEqual(await rooms.load('Test', 'all'), [room, world])
    assert.deepEqual(await rooms.load('Other', 'all'), [])
    await rooms.save('Test', [ROOM])
    assert.deepEqual(await rooms.load('Test', { name: 'Lounge' }), [ROOM])
  })

  check('rooms are loaded and removed one by one, by group and all', async ({ rooms }) => {
    const named = (name: string, group: string) => ({ ...ROOM, name, group })
    const names = async (which: Parameters<typeof rooms.load>[1]) =>
      (await rooms.load('Test', which)).map(({ name }) => name)
    await rooms.save('Test', [named('a', 'x'), named('b', 'y'), named('c', 'x'), named('d\0', 'x\0')])
    await rooms.save('Other', [named('a', 'x')])
    assert.deepEqual(await names('all'), ['a', 'b', 'c', 'd\0'])
    assert.deepEqual(await names({ group: 'x' }), ['a', 'c'])
    assert.deepEqual(await names({ name: 'd\0' }), ['d\0'])
    assert.deepEqual(await names({ name: 'z' }), [])
    assert.equal(await rooms.remove('Test', { name: 'a' }), 1)
    assert.equal(await rooms.remove('Test', { name: 'a' }), 0)
    assert.equal(await rooms.remove('Test', { group: 'x' }), 1)
    assert.equal(await rooms.remove('Test', 'all'), 2)
    assert.equal((await rooms.load('Other', 'all')).length, 1)
  })

  check('an account comes back as it was, whatever the case of its name', async ({ accounts }) => {
    for (const name of ODD_NAMES) {
      const account = { ...ACCOUNT, name, email: `${name}@x`, extra: { [name]: [name, 1.5, null] } }
      assert.equal(await accounts.find('Test', name), undefined)
      assert.equal(await accounts.add('Test', account, 0), 'kept')
      assert.deepEqual(await accounts.find('Test', name), account)
      assert.deepEqual(await accounts.find('Test', name.toUpperCase()), account)
      assert.deepEqual(await accounts.findByEmail('Test', `${name}@X`), account)
      assert.equal(await accounts.find('Other', name), undefined)
    }
  })

  check('a name and an address are taken once in a realm', async ({ accounts }) => {
    const add = (realm: string, name: string, email: string | null) =>
      accounts.add(realm, { ...ACCOUNT, name, email }, 0)
    assert.equal(await add('Test', 'Ann', 'ann@x'), 'kept')
    assert.equal(await add('Test', 'aNN', null), 'name-taken')
    assert.equal(await add('Test', '\uff21nn', null), 'name-taken')
    assert.equal(await add('Test', 'bob', 'ANN@x'), 'email-taken')
    assert.equal(await add('Test', 'bob', null), 'kept')
    assert.equal(await add('Test', 'cleo', null), 'kept')
    assert.equal(await add('Other', 'Ann', 'ann@x'), 'kept')
    const same = await Promise.all(Array.from({ length: 9 }, () => add('Test', 'dora', 'dora@x')))
    assert.deepEqual(same.sort(), ['kept', ...Array(8).fill('name-taken')])
  })

  check('an account that nobody confirmed gives way when its time is over', async ({ accounts }) => {
    const stale: StoredAccount = { ...ACCOUNT, state: 'unconfirmed', createdAt: 1000 }
    assert.equal(await accounts.add('Test', stale, 0), 'kept')
    assert.equal(await accounts.add('Test', stale, 1000), 'name-taken')
    assert.equal(await accounts.add('Test', { ...stale, name: 'other' }, 1001), 'kept')
    assert.equal(await accounts.find('Test', stale.name), undefined)
    assert.equal(await accounts.change('Test', 'other', { state: 'active' }), 'changed')
    assert.equal(await accounts.add('Test', stale, 5000), 'email-taken')
  })

  check('what is changed of an account changes, the rest stays', async ({ accounts }) => {
    await accounts.add('Test', ACCOUNT, 0)
    await accounts.add('Test', { ...ACCOUNT, name: 'bob', email: 'bob@x' }, 0)
    const changes = {
      email: null,
      state: 'unconfirmed',
      privilegeId: 3,
      lastLoginAt: 9e12,
      extra: {},
      password: { hash: 'other', sealed: null },
      code: { digest: 'd', until: 7 },
    } as const
    assert.equal(await accounts.change('Test', ACCOUNT.name.toUpperCase(), changes), 'changed')
    assert.deepEqual(await accounts.find('Test', ACCOUNT.name), { ...ACCOUNT, ...changes })
    assert.equal(await accounts.change('Test', ACCOUNT.name, { email: 'BOB@x' }), 'email-taken')
    assert.equal(await accounts.change('Test', 'bob', { email: 'BOB@x' }), 'changed')
    assert.equal(await accounts.change('Test', 'bob', {}), 'changed')
    assert.equal((await accounts.find('Test', 'bob'))?.email, 'BOB@x')
    assert.equal(await accounts.change('Test', 'nobody', { email: 'bob@x' }), 'unknown')
    assert.equal(await accounts.change('Other', 'bob', { extra: {} }), 'unknown')
  })

  check('a code is good once, and until its time is over', async ({ accounts }) => {
    await accounts.add('Test', { ...ACCOUNT, code: { digest: 'right', until: 100 } }, 0)
    const use = (digest: string, now: number) =>
      accounts.change('Test', ACCOUNT.name, { extra: { digest } }, { digest, now })
    assert.equal(await use('wrong', 0), 'unknown')
    assert.equal(await use('right', 100), 'unknown')
    assert.deepEqual((await accounts.find('Test', ACCOUNT.name))?.extra, ACCOUNT.extra)
    const uses = await Promise.all(Array.from({ length: 9 }, () => use('right', 99)))
    assert.deepEqual(uses.sort(), ['changed', ...Array(8).fill('unknown')])
    assert.equal((await accounts.find('Test', ACCOUNT.name))?.code, null)
  })

  check('accounts are listed in order and in parts, and removed one by one', async ({ accounts }) => {
    const names = ['b', 'A', 'c', '\u{10ffff}', '\uffee']
    for (const name of names) await accounts.add('Test', { ...ACCOUNT, name, email: null }, 0)
    const list = async (after: string | undefined, limit: number) =>
      (await accounts.list('Test', after, limit)).map(({ name }) => name)
    const inOrder = ['A', 'b', 'c', '\uffee', '\u{10ffff}']
    assert.deepEqual(await list(undefined, 10), inOrder)
    assert.deepEqual(await list('a', 2), ['b', 'c'])
    assert.deepEqual(await list('\u{10ffff}', 2), [])
    assert.deepEqual([await accounts.remove('Test', 'B'), await accounts.remove('Test', 'b')], [true, false])
    assert.equal(await accounts.remove('Other', 'c'), false)
    assert.deepEqual(await list(undefined, 10), inOrder.toSpliced(1, 1))
  })
}
