import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '@warren/server'
import { withSettings } from '../src/import/reference.ts'
import { CORE_SETTINGS, SERVER_SETTINGS } from '../src/import/server-settings.ts'
import type { Setting } from '../src/import/setting.ts'
import { parseXml, type XmlElement, XmlError } from '../src/import/xml.ts'
import { ZONE_SETTINGS } from '../src/import/zone-settings.ts'
import { run } from '../src/run.ts'

const FIXTURE = fileURLToPath(new URL('fixtures/sfs2x', import.meta.url))

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'warren-import-'))
})
after(() => rm(folder, { recursive: true }))

/** Runs the command line in the folder of this test. */
async function warren(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await run(args, {
    env: {},
    cwd: folder,
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
    isTerminal: false,
    readSecret: async () => '',
    ended: Promise.resolve(),
  })
  return { code, out, err }
}

/** An installation like the fixture with other texts in its files. */
async function variant(
  name: string,
  files: Readonly<Record<string, (text: string) => string>>,
): Promise<string> {
  const copy = join(folder, name)
  await cp(FIXTURE, copy, { recursive: true })
  for (const [file, change] of Object.entries(files)) {
    const path = join(copy, file)
    await writeFile(path, change(await readFile(path, 'utf8').catch(() => '')))
  }
  return copy
}

const json = async (...path: string[]): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, ...path), 'utf8'))

/** All settings that a table leaves, as the report names them. */
function leftPaths(settings: readonly Setting[], above = ''): string[] {
  return settings.flatMap(setting => {
    const path = above + setting.from
    if ('each' in setting) return leftPaths(setting.each, `${path}/`)
    if ('read' in setting) return []
    if (!('settings' in setting) || setting.settings.length === 0) return [path]
    return setting.settings.map(part => (part.startsWith('@') ? path + part : `${path}/${part}`))
  })
}

/** All settings that a table carries. */
function carriedPaths(settings: readonly Setting[], above = ''): string[] {
  return settings.flatMap(setting => {
    if ('each' in setting) return carriedPaths(setting.each, `${above}${setting.from}/`)
    return 'read' in setting ? [above + setting.from] : []
  })
}

/** Every path that is in a file. */
function pathsIn(element: XmlElement, above = ''): string[] {
  return [
    ...Array.from(element.attributes.keys(), name => `${above.replace(/\/$/, '')}@${name}`),
    ...element.children.flatMap(child => [
      `${above}${child.name}`,
      ...pathsIn(child, `${above}${child.name}/`),
    ]),
  ]
}

/** How often the report names a setting of a file. */
function timesListed(report: string, file: string, path: string): number {
  const lines = report.split('\n')
  let of = ''
  let times = 0
  for (const line of lines) {
    const head = /^ {4}(\S+)(?: \([^)]*\))?:(.*)$/.exec(line)
    if (head) of = head[1] ?? ''
    if (!/^ {4}/.test(line) || of !== file) continue
    const items = (head?.[2] ?? line).split(',').map(item => item.trim().split(':')[0])
    times += items.filter(item => item === path).length
  }
  return times
}

describe('an imported installation', () => {
  let report = ''
  before(async () => {
    const { code, out, err } = await warren('import', FIXTURE, '--out', 'whole')
    assert.equal(err, '')
    assert.equal(code, 0)
    report = out
  })

  it('has every setting of the tables in its fixture, so that none is tested for nothing', async () => {
    for (const [file, settings] of [
      ['zones/Harbour.zone.xml', ZONE_SETTINGS],
      ['config/server.xml', SERVER_SETTINGS],
      ['config/core.xml', CORE_SETTINGS],
    ] as const) {
      const there = pathsIn(parseXml(await readFile(join(FIXTURE, file), 'utf8')))
      const missing = [...carriedPaths(settings), ...leftPaths(settings)]
        .map(path => path.replace('/@', '@'))
        .filter(path => !there.includes(path))
      assert.deepEqual(missing, [], file)
    }
  })

  it('has everything that a zone file can say', async () => {
    assert.deepEqual(await json('whole', 'zones', 'Harbour.zone.json'), {
      name: 'Harbour',
      maxFailedLogins: 5,
      maxUserIdleSeconds: 120,
      forceLogout: true,
      isEncrypted: true,
      maxUsers: 250,
      maxUserVariables: 6,
      maxRoomVariables: 12,
      minRoomNameChars: 2,
      maxRoomNameChars: 16,
      maxRooms: 40,
      maxRoomsCreatedPerUser: 4,
      userCountChangeUpdateInterval: 500,
      userReconnectionSeconds: 15,
      allowGuestUsers: false,
      guestUserNamePrefix: 'Sailor#',
      publicRoomGroups: ['docks', 'ships'],
      defaultRoomGroups: ['docks'],
      wordFilter: {
        active: true,
        mode: 'whitelist',
        wordsFile: 'config/harbourWords.txt',
        hideCharacter: '~',
        useWarnings: true,
        warningsBeforeKick: 1,
        kicksBeforeBan: 4,
        kicksBeforeBanMinutes: 9,
        banDurationMinutes: 60,
        maxBadWordsPerMessage: 2,
        secondsBeforeBanOrKick: 8,
        banMode: 'address',
        warningMessage: 'Mind your tongue & manners',
        kickMessage: 'Off the pier',
        banMessage: 'Out of the harbour',
        filterUserNames: false,
        filterRoomNames: false,
        filterPrivateMessages: false,
        filterBuddyMessages: false,
      },
      floodFilter: {
        active: true,
        maxFloodingAttempts: 3,
        secondsBeforeBan: 1,
        banDurationMinutes: 30,
        banMode: 'address',
        banMessage: 'Too many waves',
        logFloodingAttempts: false,
      },
      roomInvitations: { onlyBuddies: true, maxUsers: 5 },
      buddies: {
        active: false,
        offlineVariables: false,
        maxBuddies: 50,
        maxVariables: 9,
        temporaryBuddies: false,
        states: ['Aboard', 'Ashore'],
        filterWords: false,
      },
      privileges: {
        active: true,
        profiles: [
          {
            id: 0,
            name: 'Stowaway',
            deniedRequests: ['CreateRoom', 'KickUser'],
            extensionCalls: false,
            superUser: false,
          },
          { id: 2, name: 'Captain', deniedRequests: [], extensionCalls: true, superUser: true },
        ],
      },
      disabledEvents: ['user-lost', 'user-count-changed'],
      rooms: [
        {
          name: 'Pier',
          group: 'docks',
          password: 'rope',
          maxUsers: 8,
          maxSpectators: 3,
          isGame: true,
          isHidden: true,
          autoRemove: 'never',
          onlyOwnerInvites: false,
          filterWords: true,
          maxVariables: 7,
          permissions: { nameChange: true, publicMessages: false, capacityChange: true },
          events: { userExit: false, userVariablesUpdate: false },
          variables: [
            { name: 'tide', type: 'double', value: 1.5, isGlobal: true },
            { name: 'ship', type: 'object', value: { masts: 3 }, isPrivate: true, isHidden: true },
            { name: 'open', type: 'bool', value: true, isPersistent: true },
          ],
          mmo: {
            aoi: { x: 10, y: 10, z: 0 },
            lowerLimit: { x: 0, y: 0, z: 0 },
            higherLimit: { x: 100, y: 100, z: 0 },
            maxLimboSeconds: 20,
            proximityMillis: 100,
            sendEntryPoint: true,
          },
        },
        {
          name: 'Open sea',
          group: 'ships',
          permissions: { publicMessages: false },
          events: { userEnter: false, userExit: false, userCountChange: false, userVariablesUpdate: false },
        },
      ],
    })
  })

  it('has in each zone what the server file says of all, and no limit of failed logins where none was', async () => {
    assert.deepEqual(await json('whole', 'zones', 'Quay.zone.json'), {
      name: 'Quay',
      maxFailedLogins: 0,
      maxUserIdleSeconds: 600,
      publicRoomGroups: ['default', 'staff'],
      defaultRoomGroups: ['default'],
      rooms: [{ name: 'Bench', maxUsers: 7 }],
    })
  })

  it('has what the server files say', async () => {
    const { config } = await loadConfig({ env: {}, cwd: join(folder, 'whole') })
    assert.ok(config)
    assert.equal(config.host, '192.0.2.7')
    assert.deepEqual([config.listen.tcp, config.listen.udp, config.listen.http], [9934, 9935, 'off'])
    assert.deepEqual(config.addresses, { deny: ['198.51.100.4', '198.51.100.5'], allow: ['192.0.2.1'] })
    assert.equal(config.limits.maxConnectionsPerAddress, 77)
    assert.equal(config.limits.sessionIdleSeconds, 45)
    assert.equal(config.tunnel.silenceSeconds, 26)
    assert.equal(config.limits.maxRequestBytes, 250_000)
    assert.equal(config.delivery.compressionThreshold, 2048)
    const words = config.zones.find(({ name }) => name === 'Harbour')?.wordFilter.words
    assert.deepEqual(words, ['(?i:landlubber)', 'bilge( )?rat'])
  })

  it('is without problems', async () => {
    const { code, out } = await warren('check', '--config', 'whole/warren.config.ts')
    assert.equal(out, 'No problems; zones: Harbour, Quay\n')
    assert.equal(code, 0)
  })

  it('lists every setting that it could not carry, once', () => {
    for (const [file, settings] of [
      ['zones/*.zone.xml', ZONE_SETTINGS],
      ['config/server.xml', SERVER_SETTINGS],
      ['config/core.xml', CORE_SETTINGS],
    ] as const) {
      for (const path of leftPaths(settings))
        assert.equal(timesListed(report, file, path), 1, `${file} ${path}`)
      for (const path of carriedPaths(settings))
        assert.equal(timesListed(report, file, path), 0, `${file} ${path}`)
    }
  })

  it('lists what nobody knows as unknown', () => {
    assert.match(report, /Unknown settings\..*?config\/server\.xml: tideTable\n/s)
    assert.match(report, /zones\/\*\.zone\.xml \(Harbour\): lighthouse\n/)
  })

  it('names the zones in which something is lost, and no others', () => {
    assert.match(report, /zones\/\*\.zone\.xml \(Harbour\): rooms\/room\/extension\/name/)
    assert.doesNotMatch(report, /\(.*Quay.*\)/)
  })

  it('tells no password', () => {
    assert.doesNotMatch(report, /secret/)
  })
})

it('an import overwrites nothing', async () => {
  await mkdir(join(folder, 'used', 'zones'), { recursive: true })
  await writeFile(join(folder, 'used', 'zones', 'Quay.zone.json'), 'mine')
  const { code, err } = await warren('import', FIXTURE, '--out', 'used')
  assert.equal(code, 1)
  assert.match(err, /Quay\.zone\.json is there already/)
  assert.deepEqual(await readdir(join(folder, 'used')), ['zones'])
  assert.equal(await readFile(join(folder, 'used', 'zones', 'Quay.zone.json'), 'utf8'), 'mine')
})

it('an import into the installation itself leaves its files alone', async () => {
  const copy = await variant('inside', {})
  const { code } = await warren('import', 'inside', '--out', 'inside')
  assert.equal(code, 0)
  for (const file of ['config/server.xml', 'config/harbourWords.txt', 'zones/Quay.zone.xml']) {
    assert.equal(await readFile(join(copy, file), 'utf8'), await readFile(join(FIXTURE, file), 'utf8'))
  }
})

it('the folder may be the one above SFS2X', async () => {
  await mkdir(join(folder, 'opt'))
  await cp(FIXTURE, join(folder, 'opt', 'SFS2X'), { recursive: true })
  assert.equal((await warren('import', 'opt', '--out', 'above')).code, 0)
})

for (const { what, change, message } of [
  { what: 'a folder without a server file', change: undefined, message: /has no config\/server\.xml/ },
  {
    what: 'a broken zone file',
    change: () => '<zone>\n<name>Quay</zone>',
    message: /Quay\.zone\.xml is not XML: line 2/,
  },
  {
    what: 'two zones of one name',
    change: (text: string) => text.replace('>Quay<', '>Harbour<'),
    message: /two zone files/,
  },
  {
    what: 'a zone named like a path',
    change: (text: string) => text.replace('>Quay<', '>a/b<'),
    message: /cannot be called/,
  },
]) {
  it(`${what} is refused and nothing is written`, async () => {
    const name = what.replaceAll(' ', '-')
    if (change === undefined) await mkdir(join(folder, name))
    else await variant(name, { 'zones/Quay.zone.xml': change })
    const { code, err } = await warren('import', name, '--out', `${name}-out`)
    assert.equal(code, 1)
    assert.match(err, message)
    await assert.rejects(readdir(join(folder, `${name}-out`)), { code: 'ENOENT' })
  })
}

it('values that Warren cannot have are told, and their keys have the default', async () => {
  await variant('odd', {
    'zones/Quay.zone.xml': text =>
      text
        .replace(
          '<name>Quay</name>',
          '<name>Quay</name><maxUsers>many</maxUsers><maxRooms>-1</maxRooms><isForceLogout>perhaps</isForceLogout><disabledSystemEvents><string>LOW_TIDE</string></disabledSystemEvents>',
        )
        .replace(
          '<roomVariables/>',
          '<roomVariables><variable name="x" type="Int" value="east"/></roomVariables>',
        )
        .replace('<maxUsers>7</maxUsers>', '<maxUsers>40000</maxUsers>'),
    'config/server.xml': text =>
      text.replace(
        '</socketAddresses>',
        '<socket address="192.0.2.8" port="9999" type="TCP"/></socketAddresses>',
      ),
  })
  const { code, out } = await warren('import', 'odd', '--out', 'odd-out')
  assert.equal(code, 0)
  for (const expected of [
    /maxUsers: "many" is no whole number/,
    /\(Quay\): maxRooms: /,
    /isForceLogout: "perhaps"/,
    /disabledSystemEvents: "LOW_TIDE" is not known/,
    /roomVariables: the variable "x"/,
    /\(Quay\): rooms\.maxUsers: /,
    /socketAddresses: TCP port 9999 is not opened, because 9934 is; all addresses are listened on/,
  ]) {
    assert.match(out, expected)
  }
  assert.deepEqual(await json('odd-out', 'zones', 'Quay.zone.json'), {
    name: 'Quay',
    maxFailedLogins: 0,
    maxUserIdleSeconds: 600,
    publicRoomGroups: ['default', 'staff'],
    defaultRoomGroups: ['default'],
    rooms: [{ name: 'Bench' }],
  })
  const { config } = await loadConfig({ env: {}, cwd: join(folder, 'odd-out') })
  assert.equal(config?.host, '0.0.0.0')
})

it('a words file that is missing is told, and the check fails', async () => {
  const copy = await variant('wordless', {})
  await rm(join(copy, 'config', 'harbourWords.txt'))
  const { code, out } = await warren('import', 'wordless', '--out', 'wordless-out')
  assert.match(out, /wordsFilter\/wordsFile: there is no file config\/harbourWords\.txt/)
  assert.match(out, /Harbour\.zone\.json: wordFilter\.wordsFile: .* cannot be read/)
  assert.equal(code, 1)
})

describe('XML', () => {
  it('is read without the wrappers of the Java serialiser', () => {
    const root = parseXml('<list class="x"><a class="string-array"><string>b</string></a><a>c</a></list>')
    assert.deepEqual(
      root.children.map(({ name, text }) => [name, text]),
      [
        ['string', 'b'],
        ['a', 'c'],
      ],
    )
    assert.equal(root.attributes.size, 0)
  })

  it('without an element is refused', () => {
    assert.throws(() => parseXml(''), XmlError)
  })
})

describe('the command line of an import', () => {
  for (const { args, message } of [
    { args: ['import'], message: /which folder/ },
    { args: ['import', 'a', 'b'], message: /"b" is one word too many/ },
    { args: ['import', 'a', '--tcp', '1'], message: /import has no --tcp/ },
    { args: ['import', 'a', '--config', 'x'], message: /import has no --config/ },
    { args: ['check', '--out', 'x'], message: /check writes nothing/ },
  ]) {
    it(`warren ${args.join(' ')} makes no sense`, async () => {
      const { code, err } = await warren(...args)
      assert.equal(code, 2)
      assert.match(err, message)
    })
  }
})

test('docs/migration.md has the tables that the import works with', async () => {
  const document = await readFile(new URL('../../docs/migration.md', import.meta.url), 'utf8')
  assert.ok(document.includes('| `isForceLogout` |'))
  assert.equal(document, withSettings(document), 'run "npm run generate"')
})
