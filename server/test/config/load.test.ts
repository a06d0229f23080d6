import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ServerConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Flags } from '../../src/config/options.ts'
import { problemLine } from '../../src/config/problem.ts'
import { workspace } from './workspace.ts'

type Options = Partial<Parameters<typeof loadConfig>[0]> & { readonly cwd: string }

const load = (options: Options) => loadConfig({ env: {}, ...options })

/** The problems as they are printed. */
async function problems(options: Options): Promise<string[]> {
  return (await load(options)).problems.map(problemLine)
}

/** The configuration, which must have no error. */
async function config(options: Options) {
  const loaded = await load(options)
  assert.ok(loaded.config, loaded.problems.map(problemLine).join('\n'))
  return loaded.config
}

test('without any file there are the default zones, on this machine only', async t => {
  const { host, listen, zones, tls } = await config({ cwd: workspace(t) })
  assert.equal(host, '127.0.0.1')
  assert.deepEqual(listen, { tcp: 9933, udp: 9933, http: 8080, https: 8443, electro: 9875 })
  assert.equal(tls, undefined)
  const [basic, map] = zones
  const scenery = zones.find(({ name }) => name === 'SimpleMMOWorld2')
  const space = zones.find(({ name }) => name === 'SpaceWar')
  assert.equal(basic?.name, 'BasicExamples')
  assert.equal(basic.userReconnectionSeconds, 20)
  assert.deepEqual(basic.publicRoomGroups, ['default', 'games', 'chats'])
  assert.deepEqual(basic.defaultRoomGroups, ['default', 'games', 'chats'])
  assert.deepEqual(
    basic.rooms.map(room => [room.name, room.group, room.maxUsers]),
    [['The Lobby', 'default', 150]],
  )
  assert.equal(map?.name, 'SimpleMMOWorld')
  assert.deepEqual(
    map.rooms.map(room => [room.name, room.group]),
    [
      ['The Map', 'default'],
      ['The Garden', 'default'],
    ],
  )
  assert.deepEqual(
    [map.rooms[0]?.mmo?.aoi, map.rooms[0]?.mmo?.higherLimit],
    [
      { kind: 'int', x: 240, y: 180, z: 0 },
      { kind: 'int', x: 1400, y: 745, z: 0 },
    ],
  )
  assert.deepEqual([map.rooms[0]?.mmo?.maxLimboSeconds, map.rooms[0]?.mmo?.proximityMillis], [30, 250])
  assert.ok(scenery)
  assert.deepEqual(
    scenery.rooms.map(room => [room.name, room.mmo?.higherLimit?.y, room.extensions[0]?.name]),
    [
      ['The Map', 740, 'simple-mmo-world-2'],
      ['The Other Map', 740, 'simple-mmo-world-2'],
    ],
  )
  assert.ok(space)
  assert.deepEqual(
    space.rooms.map(room => [room.name, room.mmo?.aoi.x, room.mmo?.higherLimit, room.mmo?.proximityMillis]),
    [['Sol', 900, null, 20]],
  )
})

test('the default zones run the examples that are there', async t => {
  const index = 'export default { init() {} }'
  const cwd = workspace(t, {
    'warren.config.json': { examplesDir: 'some' },
    'some/extensions/echo/index.js': index,
  })
  const named = ({ zones }: ServerConfig) => zones.map(zone => zone.extensions.map(({ name }) => name))
  const inRooms = ({ zones }: ServerConfig) =>
    zones.flatMap(zone => zone.rooms.flatMap(room => room.extensions))
  const some = await config({ cwd })
  assert.deepEqual(named(some).flat(), ['echo'])
  assert.deepEqual(inRooms(some), [])
  const all = await config({ cwd: workspace(t) })
  assert.deepEqual(named(all).flat(), ['hello', 'echo', 'file-transfer', 'space-war'])
  const rooms = inRooms(all).map(({ name }) => name)
  for (const name of ['spawn-point', 'simple-mmo-world-2', 'space-war-room'])
    assert.ok(rooms.includes(name), name)
  const none = workspace(t, { 'warren.config.json': { examplesDir: 'empty' }, 'empty/README.md': '' })
  const bare = await config({ cwd: none })
  assert.deepEqual([...named(bare).flat(), ...inRooms(bare)], [])
})

test('flags win over the environment, which wins over the file', async t => {
  const cwd = workspace(t, {
    'warren.config.ts':
      "export default { host: '10.0.0.1', listen: { tcp: 1, http: 2, udp: 3 }, log: { level: 'warn' } }",
  })
  const env = { WARREN_TCP: '11', WARREN_HTTP: '12', WARREN_HOST: '10.0.0.2' }
  const { host, listen, log } = await config({ cwd, env, flags: { tcp: '21', electro: 'off' } })
  assert.equal(host, '10.0.0.2')
  assert.deepEqual(listen, { tcp: 21, http: 12, udp: 3, https: 8443, electro: 'off' })
  assert.equal(log.level, 'warn')
})

test('an empty variable counts as absent, an unknown one is warned of', async t => {
  const cwd = workspace(t)
  const env = { WARREN_TCP: '', WARREN_TPC: '1', OTHER: 'x' }
  const loaded = await load({ cwd, env })
  assert.equal(loaded.config?.listen.tcp, 9933)
  assert.deepEqual(
    loaded.problems.map(({ severity, file }) => [severity, file]),
    [['warning', 'WARREN_TPC']],
  )
})

test('zones come from the folder beside the configuration file', async t => {
  const cwd = workspace(t, {
    'conf/warren.config.json': { $schema: 'x', listen: { tcp: 5 } },
    'conf/zones/Arena.zone.json': {
      $schema: 'x',
      name: 'Arena',
      rooms: [{ name: 'Pit', group: 'games', isGame: true }],
    },
    'conf/zones/readme.txt': 'not a zone',
  })
  for (const file of ['conf/warren.config.json', join(cwd, 'conf/warren.config.json')]) {
    const { zones, listen } = await config({ cwd, file })
    assert.equal(listen.tcp, 5)
    assert.deepEqual(
      zones.map(zone => [zone.name, zone.maxUsers, zone.rooms.map(room => [room.name, room.isGame])]),
      [['Arena', 1000, [['Pit', true]]]],
    )
  }
})

test('a file that may be meant as a zone and is not called so is named', async t => {
  const cwd = workspace(t, { 'zones/Arena.json': { name: 'Arena' }, 'zones/B.zone.json': { name: 'B' } })
  assert.deepEqual(await problems({ cwd }), [
    'zones/Arena.json: warning: is not read: zone files are called <name>.zone.json',
  ])
  assert.deepEqual(
    (await config({ cwd })).zones.map(({ name }) => name),
    ['B'],
  )
})

test('every problem is reported at once, with file, place and what is allowed', async t => {
  const cwd = workspace(t, {
    'warren.config.ts': "export default { listen: { tcp: 'on' }, log: { level: 'loud' }, limit: {} }",
    'zones/A.zone.json': {
      name: 'A',
      maxUsers: 0,
      rooms: [{ name: 'R', permissions: { publicMessages: 'yes' } }],
    },
    'zones/B.zone.json': '{ "name": "B", }',
  })
  const found = await problems({ cwd, flags: { http: '99999' } })
  assert.equal((await load({ cwd })).config, undefined)
  const expected = [
    /^--http: is 99999 \(allowed: a whole number from 0 to 65535, or "off"\)$/,
    /^warren\.config\.ts: listen\.tcp: is "on" \(allowed: a whole number from 0 to 65535, or "off"\)$/,
    /^warren\.config\.ts: log\.level: is "loud" \(allowed: "trace", "debug", "info", "warn", "error", "silent"\)$/,
    /^warren\.config\.ts: "limit" is not known here \(allowed: an object with .*limits/,
    /^zones\/A\.zone\.json: maxUsers: is 0 \(allowed: a whole number from 1 to /,
    /^zones\/A\.zone\.json: rooms\[0\]\.permissions\.publicMessages: is "yes" \(allowed: true, false\)$/,
    /^zones\/B\.zone\.json: is not JSON: /,
  ]
  for (const pattern of expected)
    assert.ok(
      found.some(line => pattern.test(line)),
      `${pattern}\n${found.join('\n')}`,
    )
  assert.equal(found.length, expected.length, found.join('\n'))
})

test('keys of a zone that contradict each other are problems', async t => {
  const cwd = workspace(t, {
    'zones/A.zone.json': {
      name: 'A',
      publicRoomGroups: ['default', 'default'],
      defaultRoomGroups: ['default', 'games'],
      rooms: [{ name: 'R' }, { name: 'R' }],
    },
    'zones/C.zone.json': { name: 'D' },
    'zones/D.zone.json': { name: 'D' },
  })
  assert.deepEqual(await problems({ cwd }), [
    'zones/A.zone.json: publicRoomGroups[1]: "default" is in the list twice',
    'zones/A.zone.json: defaultRoomGroups[1]: "games" is not one of publicRoomGroups (allowed: "default")',
    'zones/A.zone.json: rooms[1].name: "R" is the name of rooms[0] too',
    'zones/C.zone.json: name: warning: is "D", but the file is called C.zone.json (allowed: "C")',
    'zones/D.zone.json: name: "D" is in zones/C.zone.json too',
  ])
})

test('what is odd but works is a warning, and the configuration is used', async t => {
  const cwd = workspace(t, {
    'warren.config.json': { limits: { maxQueuedBytes: 16_384 } },
    'zones/A.zone.json': {
      name: 'A',
      maxUserIdleSeconds: 5,
      rooms: [{ name: 'R', group: 'secret', maxSpectators: 3 }],
    },
  })
  const loaded = await load({ cwd })
  assert.equal(loaded.config?.zones.length, 1)
  assert.deepEqual(
    loaded.problems.map(({ severity, file, path }) => [severity, file, path]),
    [
      ['warning', 'zones/A.zone.json', 'rooms[0].group'],
      ['warning', 'zones/A.zone.json', 'rooms[0].maxSpectators'],
      ['warning', 'warren.config.json', 'limits.maxQueuedBytes'],
      ['warning', 'zones/A.zone.json', 'maxUserIdleSeconds'],
    ],
  )
})

test('TLS needs two files that are there', async t => {
  const cwd = workspace(t, {
    'key.pem': '',
    'cert.pem': '',
    'warren.config.json': { tls: { keyFile: 'key.pem', certFile: 'cert.pem' } },
  })
  const fromFile = await config({ cwd })
  assert.equal(fromFile.listen.https, 8443)
  assert.deepEqual(fromFile.tls, { keyFile: join(cwd, 'key.pem'), certFile: join(cwd, 'cert.pem') })
  assert.equal((await config({ cwd, flags: { https: 'off' } })).listen.https, 'off')
  assert.deepEqual(await problems({ cwd, flags: { 'tls-key': 'nowhere.pem' } }), [
    `--tls-key: ${join(cwd, 'nowhere.pem')} cannot be read`,
  ])
})

test('UDP is on the port of TCP, unless something else is said', async t => {
  const cwd = workspace(t, { 'warren.config.json': { listen: { tcp: 5 } } })
  const udp = async (flags: Flags) => (await config({ cwd, flags })).listen.udp
  assert.equal(await udp({}), 5)
  assert.equal(await udp({ tcp: 6 }), 6)
  assert.equal(await udp({ tcp: 'off' }), 'off')
  assert.equal(await udp({ udp: 7 }), 7)
  assert.equal(await udp({ udp: 'off' }), 'off')
})

test('HTTPS needs no certificate of its own, and can be left closed', async t => {
  const cwd = workspace(t)
  const { listen, tls } = await config({ cwd, flags: { https: 0 } })
  assert.deepEqual([listen.https, tls], [0, undefined])
  assert.equal((await config({ cwd, flags: { https: 'off' } })).listen.https, 'off')
})

test('a key without a certificate is a problem', async t => {
  const cwd = workspace(t, { 'key.pem': '' })
  const found = await problems({ cwd, flags: { 'tls-key': 'key.pem' } })
  assert.match(found.join(), /^--tls-key: .*needed together/)
})

test('a login hook for a zone that is not there is a problem', async t => {
  const cwd = workspace(t, {
    'warren.config.ts':
      'export default { login: { BasicExamples: () => undefined, Elsewhere: () => undefined } }',
  })
  assert.deepEqual(await problems({ cwd }), [
    'warren.config.ts: login.Elsewhere: no zone has this name (allowed: "BasicExamples", "SimpleMMOWorld", "Island", "SimpleMMOWorld2", "SpaceWar")',
  ])
})

test('a login hook arrives in the configuration as it was written', async t => {
  const cwd = workspace(t, {
    'warren.config.ts': "export default { login: { BasicExamples: () => ({ userName: 'hook' }) } }",
  })
  const { login } = await config({ cwd })
  assert.deepEqual(Reflect.apply(login?.BasicExamples ?? assert.fail(), undefined, []), {
    userName: 'hook',
  })
})

test('a configuration file that is missing, broken or empty-handed is a problem', async t => {
  const cwd = workspace(t, {
    'broken.ts': 'export default {',
    'empty.ts': 'export const config = {}',
    'throws.ts': "throw new Error('no database')",
    'number.ts': 'export default 5',
  })
  assert.deepEqual(await problems({ cwd, file: 'none.ts' }), ['none.ts: cannot be read'])
  assert.deepEqual(await problems({ cwd, env: { WARREN_CONFIG: 'none.ts' } }), ['none.ts: cannot be read'])
  assert.match((await problems({ cwd, file: 'broken.ts' })).join(), /^broken\.ts: does not load: /)
  assert.match((await problems({ cwd, file: 'empty.ts' })).join(), /^empty\.ts: has no default export/)
  assert.deepEqual(await problems({ cwd, file: 'throws.ts' }), ['throws.ts: does not load: no database'])
  assert.match((await problems({ cwd, file: 'number.ts' })).join(), /^number\.ts: is 5 \(allowed: an object/)
})

test('a folder of zones that is asked for must have some', async t => {
  const cwd = workspace(t)
  assert.deepEqual(await problems({ cwd, flags: { zones: 'rooms' } }), [
    `--zones: no <name>.zone.json in ${join(cwd, 'rooms')}`,
  ])
})

test('a database that is written wrong is not shown: there may be a password in it', async t => {
  const wrong = 'postgress://ann:sesame@db.example.org/warren'
  const cwd = workspace(t, { 'warren.config.json': { database: wrong } })
  const told = [
    ...(await problems({ cwd })),
    ...(await problems({ cwd: workspace(t), flags: { db: wrong } })),
    ...(await problems({ cwd: workspace(t), env: { WARREN_DB: wrong } })),
  ]
  assert.equal(told.length, 3)
  for (const line of told) {
    assert.match(line, /must be sqlite:FILE/)
    assert.ok(!line.includes('sesame'), line)
  }
})
