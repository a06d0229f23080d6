import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SFSArray, SFSObject, SFSType } from '@warren/codec'
import { jsonSchemas } from '../../src/config/json-schema.ts'
import type { ConfigProblem } from '../../src/config/problem.ts'
import { problemLine } from '../../src/config/problem.ts'
import { checkZone } from '../../src/config/zone-files.ts'
import { DEFAULT_BUDDIES } from '../../src/domain/buddies/settings.ts'
import { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from '../../src/domain/filter/settings.ts'
import type { ZoneSettings } from '../../src/domain/settings.ts'

function zoneOf(value: unknown): ZoneSettings {
  const problems: ConfigProblem[] = []
  const zone = checkZone(value, 'A.zone.json', problems)
  assert.deepEqual(problems.map(problemLine), [])
  assert.ok(zone)
  return zone
}

function linesOf(value: unknown): string[] {
  const problems: ConfigProblem[] = []
  checkZone(value, 'A', problems)
  return problems.map(problemLine)
}

describe('a zone file', () => {
  it('that only says a name has the defaults of a stock zone', () => {
    const { rooms, privileges, ...zone } = zoneOf({ name: 'A' })
    assert.deepEqual(zone, {
      name: 'A',
      maxUsers: 1000,
      allowGuestUsers: true,
      guestUserNamePrefix: 'Guest#',
      forceLogout: false,
      maxFailedLogins: 2,
      publicRoomGroups: ['default', 'games', 'chats'],
      defaultRoomGroups: ['default', 'games', 'chats'],
      maxUserVariables: 10,
      maxRoomVariables: 10,
      minRoomNameChars: 1,
      maxRoomNameChars: 20,
      maxRooms: 500,
      maxRoomsCreatedPerUser: 10,
      userCountChangeUpdateInterval: 1000,
      userReconnectionSeconds: 0,
      maxUserIdleSeconds: 300,
      isEncrypted: false,
      allowPlainWebSockets: false,
      silentErrors: false,
      wordFilter: { ...DEFAULT_WORD_FILTER, words: [] },
      floodFilter: DEFAULT_FLOOD_FILTER,
      disabledEvents: [],
      extensions: [],
      clientRoomExtensions: [],
      buddies: DEFAULT_BUDDIES,
      roomInvitations: { onlyBuddies: false, maxUsers: 32 },
      clientRoomMaxVisibleUsers: 100,
    })
    assert.deepEqual(rooms, [])
    assert.equal(privileges.active, false)
    assert.deepEqual(
      privileges.profiles.map(({ id, name, deniedRequests, extensionCalls, superUser }) => [
        id,
        name,
        deniedRequests,
        extensionCalls,
        superUser,
      ]),
      [
        [0, 'Guest', [], true, false],
        [1, 'Standard', [], true, false],
        [2, 'Moderator', [], true, true],
        [3, 'Administrator', [], true, true],
      ],
    )
  })

  it('names each state of buddies once', () => {
    assert.deepEqual(linesOf({ name: 'A', buddies: { states: ['Away', 'Here', 'Away'] } }), [
      'A: buddies.states[2]: "Away" is in the list twice',
    ])
  })

  it('may give rooms variables of every type', () => {
    const value = {
      n: 1,
      big: 5e9,
      half: 0.5,
      t: 'x',
      on: true,
      none: null,
      list: [1, 'a'],
      inner: { k: -1 },
    }
    const zone = zoneOf({
      name: 'A',
      rooms: [
        {
          name: 'R',
          variables: [
            { name: 'b', type: 'bool', value: false, isHidden: true },
            { name: 'i', type: 'int', value: -2_147_483_648, isPrivate: true },
            { name: 'd', type: 'double', value: 3, isGlobal: true },
            { name: 's', type: 'string', value: '', isPersistent: true },
            { name: 'o', type: 'object', value },
            { name: 'a', type: 'array', value: [true] },
          ],
        },
      ],
    })
    const [b, i, d, s, o, a] = zone.rooms[0]?.variables ?? []
    const off = { isPrivate: false, isPersistent: false, isGlobal: false, isHidden: false }
    assert.deepEqual(b, { ...off, name: 'b', isHidden: true, value: { type: SFSType.BOOL, value: false } })
    assert.deepEqual(i, {
      ...off,
      name: 'i',
      isPrivate: true,
      value: { type: SFSType.INT, value: -2_147_483_648 },
    })
    assert.deepEqual(d, { ...off, name: 'd', isGlobal: true, value: { type: SFSType.DOUBLE, value: 3 } })
    assert.deepEqual(s, {
      ...off,
      name: 's',
      isPersistent: true,
      value: { type: SFSType.UTF_STRING, value: '' },
    })
    assert.ok(o?.value.type === SFSType.SFS_OBJECT)
    const object = new SFSObject()
      .putInt('n', 1)
      .putDouble('big', 5e9)
      .putDouble('half', 0.5)
      .putUtfString('t', 'x')
    object.putBool('on', true).putNull('none')
    object.putSFSArray('list', new SFSArray().addInt(1).addUtfString('a'))
    object.putSFSObject('inner', new SFSObject().putInt('k', -1))
    assert.deepEqual(o.value.value.toJSON(), object.toJSON())
    assert.ok(a?.value.type === SFSType.SFS_ARRAY)
    assert.deepEqual(a.value.value.toJSON(), new SFSArray().addBool(true).toJSON())
  })

  for (const { what, zone, line } of [
    {
      what: 'a variable whose value does not fit its type',
      zone: { rooms: [{ name: 'R', variables: [{ name: 'v', type: 'int', value: 1.5 }] }] },
      line: 'A: rooms[0].variables[0].value: is 1.5, which does not fit the type "int"',
    },
    {
      what: 'a variable without a value',
      zone: { rooms: [{ name: 'R', variables: [{ name: 'v', type: 'bool' }] }] },
      line: 'A: rooms[0].variables[0].value: is missing',
    },
    {
      what: 'a variable that is there twice',
      zone: {
        rooms: [{ name: 'R', variables: ['v', 'v'].map(name => ({ name, type: 'bool', value: true })) }],
      },
      line: 'A: rooms[0].variables[1].name: "v" is the name of rooms[0].variables[0] too',
    },
    {
      what: 'more variables than the room may have',
      zone: {
        maxRoomVariables: 0,
        rooms: [{ name: 'R', variables: [{ name: 'v', type: 'bool', value: true }] }],
      },
      line: 'A: rooms[0].variables: are more than the 0 that the room may have',
    },
    {
      what: 'an MMO room whose area has no size',
      zone: { rooms: [{ name: 'R', mmo: { aoi: { x: 0, y: 5 } } }] },
      line: 'A: rooms[0].mmo.aoi: is an object, which is no area: x and y must be above 0, and z not below',
    },
    {
      what: 'fractions in an MMO room of whole numbers',
      zone: { rooms: [{ name: 'R', mmo: { aoi: { x: 1.5, y: 5 } } }] },
      line: 'A: rooms[0].mmo.aoi: is an object, which has a number that is no int of 32 bits',
    },
    {
      what: 'one limit of a map without the other',
      zone: { rooms: [{ name: 'R', mmo: { aoi: { x: 5, y: 5 }, lowerLimit: { x: 0, y: 0 } } }] },
      line: 'A: rooms[0].mmo.lowerLimit: is an object, which stands alone: a map has both limits or none',
    },
    {
      what: 'the limits of a map the wrong way round',
      zone: {
        rooms: [
          {
            name: 'R',
            mmo: { aoi: { x: 5, y: 5 }, lowerLimit: { x: 0, y: 9 }, higherLimit: { x: 9, y: 0 } },
          },
        ],
      },
      line: 'A: rooms[0].mmo.higherLimit: is an object, which is below lowerLimit',
    },
    {
      what: 'an absurd limit of a map',
      zone: {
        rooms: [
          {
            name: 'R',
            mmo: { aoi: { x: 5, y: 5 }, lowerLimit: { x: 0, y: 0 }, higherLimit: { x: 1e12, y: 9 } },
          },
        ],
      },
      line: 'A: rooms[0].mmo.higherLimit.x: is 1000000000000 (allowed: a number from -2147483647 to 2147483647, units of the map)',
    },
    {
      what: 'updates without a pause',
      zone: { rooms: [{ name: 'R', mmo: { aoi: { x: 5, y: 5 }, proximityMillis: 1 } }] },
      line: 'A: rooms[0].mmo.proximityMillis: is 1 (allowed: a whole number from 10 to 60000, milliseconds)',
    },
    {
      what: 'a shortest room name that is longer than the longest',
      zone: { minRoomNameChars: 9, maxRoomNameChars: 8 },
      line: 'A: minRoomNameChars: is more than maxRoomNameChars',
    },
    {
      what: 'two profiles of one level',
      zone: {
        privileges: {
          profiles: [
            { id: 0, name: 'a' },
            { id: 0, name: 'b' },
          ],
        },
      },
      line: 'A: privileges.profiles[1].id: 0 is the id of privileges.profiles[0] too',
    },
    {
      what: 'two flood rules for one request',
      zone: { floodFilter: { rules: [1, 2].map(maxRequests => ({ request: 'JoinRoom', maxRequests })) } },
      line: 'A: floodFilter.rules[1].request: "JoinRoom" is the request of floodFilter.rules[0] too',
    },
    {
      what: 'a flood rule over no time',
      zone: { floodFilter: { rules: [{ request: 'JoinRoom', maxRequests: 1, seconds: 0 }] } },
      line: 'A: floodFilter.rules[0].seconds: is 0 (allowed: a number from 0.001 to 86400, seconds)',
    },
    {
      what: 'an unknown mode of the word filter',
      zone: { wordFilter: { mode: 'greylist' } },
      line: 'A: wordFilter.mode: is "greylist" (allowed: "blacklist", "whitelist")',
    },
    {
      what: 'a room in a group that the zone does not know to be hidden',
      zone: { rooms: [{ name: 'R', group: 'staff' }] },
      line: 'A: rooms[0].group: warning: "staff" is not one of publicRoomGroups, so no client will list the room (allowed: "default", "games", "chats")',
    },
  ]) {
    it(`with ${what} is told so`, () => {
      assert.deepEqual(linesOf({ name: 'A', ...zone }), [line])
    })
  }

  it('that lists its public groups may keep rooms in others', () => {
    assert.deepEqual(
      linesOf({
        name: 'A',
        publicRoomGroups: ['default'],
        defaultRoomGroups: [],
        rooms: [{ name: 'R', group: 'staff' }],
      }),
      [],
    )
  })

  it('may deny every request that a client can send, and no other', () => {
    const [line = ''] = linesOf({
      name: 'A',
      privileges: { profiles: [{ id: 0, name: 'a', deniedRequests: ['Fly'] }] },
    })
    assert.match(line, /deniedRequests\[0\]: is "Fly" \(allowed: .*"CreateRoom".*"BanUser"/)
  })
})

/** As much of a JSON Schema as this test looks at. */
interface Shape {
  readonly type?: string
  readonly description?: string
  readonly unit?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
}

/** Every key of a schema with its path. */
function keysOf(shape: Shape, path = ''): [string, Shape][] {
  const own = Object.entries(shape.properties ?? {})
  const nested = own.flatMap(([key, inner]) => keysOf(inner, `${path}${key}.`))
  const items = shape.items === undefined ? [] : keysOf(shape.items, `${path.slice(0, -1)}[].`)
  return [...own.map(([key, inner]): [string, Shape] => [path + key, inner]), ...nested, ...items]
}

describe('the published schema of a zone', () => {
  const keys = keysOf(jsonSchemas()['zone.schema.json'] as Shape)

  it('says of each key what it means', () => {
    assert.ok(keys.length > 90, String(keys.length))
    const silent = keys.filter(([, { description = '' }]) => !/^[A-Z].{9,}\.$/s.test(description))
    assert.deepEqual(
      silent.map(([path]) => path),
      [],
    )
  })

  it('says of each number in what it is counted', () => {
    const numbers = keys.filter(([, { type }]) => type === 'integer' || type === 'number')
    assert.ok(numbers.length > 20, String(numbers.length))
    assert.deepEqual(
      numbers.filter(([, { unit }]) => unit === undefined).map(([path]) => path),
      [],
    )
  })
})
