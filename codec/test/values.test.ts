import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  dump,
  findPath,
  objectFromJSON,
  readPath,
  SFSArray,
  SFSObject,
  SFSType,
  sfsTypeName,
} from '../src/index.ts'

const avatar = new SFSObject().putSFSArray('levels', new SFSArray().addInt(5).addUtfString('x'))
const player = new SFSObject().putUtfString('name', 'K').putNull('gone').putSFSObject('avatar', avatar)

describe('SFSObject', () => {
  test('every put reads back with its own getter and no other', () => {
    const puts: readonly [string, (o: SFSObject) => SFSObject, keyof SFSObject, unknown][] = [
      ['BOOL', o => o.putBool('k', true), 'getBool', true],
      ['BYTE', o => o.putByte('k', 200), 'getByte', 200],
      ['SHORT', o => o.putShort('k', -5), 'getShort', -5],
      ['INT', o => o.putInt('k', -7), 'getInt', -7],
      ['LONG', o => o.putLong('k', 5), 'getLong', 5n],
      ['FLOAT', o => o.putFloat('k', 0.5), 'getFloat', 0.5],
      ['DOUBLE', o => o.putDouble('k', 0.1), 'getDouble', 0.1],
      ['UTF_STRING', o => o.putUtfString('k', 's'), 'getUtfString', 's'],
      ['TEXT', o => o.putText('k', 't'), 'getText', 't'],
      ['BOOL_ARRAY', o => o.putBoolArray('k', [true, false]), 'getBoolArray', [true, false]],
      ['BYTE_ARRAY', o => o.putByteArray('k', Uint8Array.of(1)), 'getByteArray', Uint8Array.of(1)],
      ['SHORT_ARRAY', o => o.putShortArray('k', [1]), 'getShortArray', [1]],
      ['INT_ARRAY', o => o.putIntArray('k', [2]), 'getIntArray', [2]],
      ['LONG_ARRAY', o => o.putLongArray('k', [3, 2n ** 62n]), 'getLongArray', [3n, 2n ** 62n]],
      ['FLOAT_ARRAY', o => o.putFloatArray('k', [0.25]), 'getFloatArray', [0.25]],
      ['DOUBLE_ARRAY', o => o.putDoubleArray('k', [0.1]), 'getDoubleArray', [0.1]],
      ['UTF_STRING_ARRAY', o => o.putUtfStringArray('k', ['a']), 'getUtfStringArray', ['a']],
      ['SFS_ARRAY', o => o.putSFSArray('k', new SFSArray()), 'getSFSArray', new SFSArray()],
      ['SFS_OBJECT', o => o.putSFSObject('k', new SFSObject()), 'getSFSObject', new SFSObject()],
    ]
    const call = (object: SFSObject, getter: keyof SFSObject): unknown =>
      (object[getter] as (key: string) => unknown).call(object, 'k')
    for (const [type, put, getter, value] of puts) {
      const object = put(new SFSObject())
      assert.deepEqual(call(object, getter), value)
      assert.deepEqual(object.get('k'), value)
      assert.equal(sfsTypeName(object.typeOf('k') ?? -1), type)
      for (const [other, , wrong] of puts) {
        if (other === type) continue
        assert.throws(() => call(object, wrong), { name: 'SFSValueError', reason: 'wrong-type', path: 'k' })
      }
      assert.throws(() => call(new SFSObject().putNull('k'), getter), { reason: 'wrong-type' })
      assert.throws(() => call(new SFSObject(), getter), { reason: 'missing', path: 'k' })
    }
  })

  test('values that do not fit are refused and change nothing', () => {
    const object = new SFSObject().putInt('k', 1)
    const bad: readonly ((o: SFSObject) => unknown)[] = [
      o => o.putByte('k', 256),
      o => o.putByte('k', -129),
      o => o.putByte('k', 1.5),
      o => o.putShort('k', 32768),
      o => o.putShort('k', Number.NaN),
      o => o.putInt('k', 2 ** 31),
      o => o.putInt('k', 0.5),
      o => o.putLong('k', 2 ** 53),
      o => o.putLong('k', 2n ** 63n),
      o => o.putIntArray('k', [1, 2 ** 40]),
      o => o.putUtfString('k', 5 as unknown as string),
      o => o.putBool('k', 1 as unknown as boolean),
      o => o.putSFSObject('k', new SFSArray() as unknown as SFSObject),
      o => o.putSFSArray('k', new SFSObject() as unknown as SFSArray),
      o => o.put('k', { type: 19, value: 1 } as never),
    ]
    for (const put of bad) {
      assert.throws(() => put(object), { name: 'SFSValueError' })
      assert.equal(object.getInt('k'), 1)
    }
    assert.throws(() => object.putIntArray('k', [1, 2 ** 40]), { path: 'k[1]' })
  })

  test('a LONG keeps all 64 bits and a BYTE is unsigned', () => {
    assert.equal(new SFSObject().putLong('l', -(2n ** 63n)).getLong('l'), -(2n ** 63n))
    assert.equal(new SFSObject().putByte('b', -1).getByte('b'), 255)
    assert.ok(Object.is(new SFSObject().putLong('l', -0).getLong('l'), 0n))
  })

  test('keys keep the place of their first put; many keys behave like few', () => {
    const object = new SFSObject()
    for (let i = 0; i < 40; i++) object.putInt(`k${i}`, i)
    object.putInt('k3', 99).putInt('new', 1)
    assert.equal(object.keys()[3], 'k3')
    assert.equal(object.getInt('k3'), 99)
    assert.equal(object.remove('k3'), true)
    assert.equal(object.remove('k3'), false)
    assert.equal(object.has('k3'), false)
    assert.equal(object.getInt('k39'), 39)
    assert.equal(object.getInt('new'), 1)
    assert.equal(object.size, 40)
    object.putInt('k3', 5)
    assert.equal(object.keys().at(-1), 'k3')
  })

  test('keys that plain objects know are ordinary keys', () => {
    const object = new SFSObject().putInt('__proto__', 1).putInt('constructor', 2)
    assert.equal(object.getInt('__proto__'), 1)
    assert.equal(objectFromJSON(JSON.parse(JSON.stringify(object))).getInt('__proto__'), 1)
    assert.equal(new SFSObject().has('toString'), false)
  })

  test('lists and bytes are copied on the way in', () => {
    const list = [1, 2]
    const bytes = Uint8Array.of(1)
    const object = new SFSObject().putIntArray('l', list).putByteArray('b', bytes)
    list.push(3)
    bytes[0] = 9
    assert.deepEqual(object.getIntArray('l'), [1, 2])
    assert.equal(object.getByteArray('b')[0], 1)
  })
})

describe('SFSArray', () => {
  test('reads by index and names the index that is wrong', () => {
    const array = new SFSArray()
      .addInt(1)
      .addNull()
      .addLong(2n ** 60n)
    assert.equal(array.getLong(2), 2n ** 60n)
    assert.equal(array.isNull(1), true)
    assert.throws(() => array.getInt(3), { reason: 'missing', path: '[3]' })
    assert.throws(() => array.getInt(-1), { reason: 'missing' })
    assert.throws(() => array.getInt(0.5), { reason: 'missing' })
    assert.throws(() => array.getInt(1), { reason: 'wrong-type', path: '[1]' })
    assert.throws(() => array.addShort(70_000), { reason: 'out-of-range', path: '[3]' })
    assert.equal(array.size, 3)
    assert.equal(array.removeAt(0), true)
    assert.equal(array.size, 2)
  })
})

describe('paths', () => {
  test('a value is found along keys and indices', () => {
    assert.equal(readPath(player, SFSType.INT, ['avatar', 'levels', 0]), 5)
    assert.deepEqual(findPath(player, ['gone']), { type: SFSType.NULL, value: null })
    assert.equal(findPath(player, ['name', 'x']), undefined)
    assert.equal(findPath(player, []), undefined)
  })

  test('the whole path of a missing or wrong value is named', () => {
    const read =
      (...path: (string | number)[]): (() => unknown) =>
      () =>
        readPath(player, SFSType.INT, path)
    assert.throws(read('avatar', 'levels', 1), { reason: 'wrong-type', path: 'avatar.levels[1]' })
    assert.throws(read('avatar', 'levels', 7), { reason: 'missing', path: 'avatar.levels[7]' })
    assert.throws(read('avatar', 'shield', 'x'), { reason: 'missing', path: 'avatar.shield' })
  })
})

describe('text forms', () => {
  test('the dump shows keys, types and values', () => {
    const text = dump(player.putByteArray('raw', new Uint8Array(40)).putDoubleArray('d', [-0, 1.5]))
    assert.equal(
      text,
      [
        'name: UTF_STRING "K"',
        'gone: NULL',
        'avatar: SFS_OBJECT',
        '  levels: SFS_ARRAY',
        '    [0]: INT 5',
        '    [1]: UTF_STRING "x"',
        `raw: BYTE_ARRAY (40 bytes) ${'00'.repeat(32)}...`,
        'd: DOUBLE_ARRAY [-0, 1.5]',
        '',
      ].join('\n'),
    )
    assert.equal(dump(new SFSArray().addSFSObject(new SFSObject())), '[0]: SFS_OBJECT (empty)\n')
  })

  test('JSON keeps every type, and broken JSON is refused with its path', () => {
    const json = JSON.parse(JSON.stringify(player))
    assert.deepEqual(json.avatar.value.levels.value, [
      { type: 'INT', value: 5 },
      { type: 'UTF_STRING', value: 'x' },
    ])
    assert.deepEqual(objectFromJSON(json), player)
    const bad = (value: unknown, path: string): void =>
      assert.throws(() => objectFromJSON({ a: value } as never), { name: 'SFSValueError', path })
    bad(5, 'a')
    bad({ type: 'NOPE', value: 1 }, 'a')
    bad({ type: 'toString', value: 1 }, 'a')
    bad({ type: 'LONG', value: 5 }, 'a')
    bad({ type: 'LONG', value: '99999999999999999999' }, 'a')
    bad({ type: 'BYTE_ARRAY', value: 'xyz' }, 'a')
    bad({ type: 'INT_ARRAY', value: 5 }, 'a')
    bad({ type: 'INT_ARRAY', value: [1, 'x'] }, 'a[1]')
    bad({ type: 'SFS_OBJECT', value: { b: { type: 'SFS_ARRAY', value: [1] } } }, 'a.b[0]')
    bad({ type: 'DOUBLE', value: 'five' }, 'a')
  })
})
