import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Controller, failureActions, type RequestName, requests, serverMessages } from '@warren/codec'
import { REFERENCE_FILE, renderReference } from '../../tools/message-reference.ts'
import { roomSchema } from '../src/config/room-schema.ts'
import { userConfigSchema } from '../src/config/server-schema.ts'
import { zoneSchema } from '../src/config/zone-schema.ts'
import { ROUTES } from '../src/controller/table.ts'
import { UPLOAD_REFUSALS } from '../src/upload/refusals.ts'

const PROTOCOL = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')

interface ActionRow {
  readonly isRequest: boolean
  readonly isSent: boolean
  readonly status: string
}

/** `200–205` and `500, 502` as single numbers. */
function numbersOf(text: string): number[] {
  return text.split(/, | and /).flatMap(part => {
    const [first = Number.NaN, last = first] = part.split(/–| to /).map(Number)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
}

/** The table of actions at the head of [P-6]. */
function documentedActions(): Map<number, ActionRow> {
  const head = PROTOCOL.split('\n## P-6 ')[1]?.split('\n### ')[0] ?? ''
  const rows = Array.from(head.matchAll(/^\| (\d[^|]*) \|[^|]*\| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm))
  return new Map(
    rows.flatMap(([, ids = '', request, sent, status = '']) =>
      numbersOf(ids).map(id => [id, { isRequest: request === 'yes', isSent: sent !== '–', status }] as const),
    ),
  )
}

const actions = documentedActions()

/** Ids of the system controller that are set in a table of the codec. */
function idsOf(messages: typeof requests | typeof serverMessages): number[] {
  const ids = Object.values(messages)
    .filter(message => message.controller === Controller.SYSTEM)
    .map(message => message.action)
  return [...new Set(ids)].sort((a, b) => a - b)
}

function documentedIds(wanted: (row: ActionRow) => boolean): number[] {
  return [...actions]
    .filter(([, row]) => wanted(row))
    .map(([id]) => id)
    .sort((a, b) => a - b)
}

test('the protocol document lists every request of the codec, and no other [P-6]', () => {
  assert.deepEqual(
    documentedIds(row => row.isRequest),
    idsOf(requests),
  )
})

test('the protocol document lists every response and event of the codec, and no other [P-6]', () => {
  const failuresOnly = 303
  assert.deepEqual(
    documentedIds(row => row.isSent).filter(id => id !== failuresOnly),
    idsOf(serverMessages),
  )
})

test('the protocol document says of each request whether the server carries it out [P-6]', () => {
  for (const [name, request] of Object.entries(requests)) {
    if (request.controller !== Controller.SYSTEM) continue
    const isDone = ROUTES[name as RequestName].needs !== 'later'
    const { status = '' } = actions.get(request.action) ?? {}
    // Only a few of the messages on action 7 are carried out: their cell names them.
    const isDocumented =
      'when' in request && status !== 'now'
        ? status.endsWith(' now') && status.includes(name.replace('Message', '').toLowerCase())
        : status === 'now'
    assert.equal(isDocumented, isDone, `${name} is documented as "${status}"`)
  }
})

test('the protocol document names the actions that are answered with a failure [P-4.5.2]', () => {
  const clause = /\*\*P-4\.5\.2\*\*[^:]*: ([^.]*)\./.exec(PROTOCOL)?.[1] ?? ''
  assert.deepEqual(numbersOf(clause.replaceAll('\n', ' ')), [...failureActions])
})

test('the protocol document names all limits and their values [P-11.2]', () => {
  const table = PROTOCOL.split('<!-- limits:start -->')[1]?.split('<!-- limits:end -->')[0] ?? ''
  const documented = Array.from(table.matchAll(/^\| `(\w+)` \| (\d+) \|/gm), ([, name, value]) => [
    name,
    Number(value),
  ])
  assert.deepEqual(Object.fromEntries(documented), userConfigSchema.parse({}).limits)

  const zone = zoneSchema.parse({ name: 'Arena' })
  const room = roomSchema.parse({ name: 'Hall' })
  const clause = /\*\*P-11\.2\.2\*\*[^*]*/.exec(PROTOCOL)?.[0] ?? ''
  assert.deepEqual(
    Array.from(clause.matchAll(/`(\w+)` \((\d+)/g), ([, name, value]) => `${name} ${value}`),
    [
      `maxUsers ${zone.maxUsers}`,
      `maxUserIdleSeconds ${zone.maxUserIdleSeconds}`,
      `maxUsers ${room.maxUsers}`,
      `maxSpectators ${room.maxSpectators}`,
    ],
  )
})

/** What stands between two marks of the document. */
const marked = (name: string): string =>
  PROTOCOL.split(`<!-- ${name}:start -->`)[1]?.split(`<!-- ${name}:end -->`)[0] ?? ''

test('the protocol document names every refusal of files, and its status [P-12.3]', () => {
  const documented = Array.from(
    marked('upload-refusals').matchAll(/^\| `([\w-]+)` \| (\d+) \|/gm),
    ([, name, status]) => [name, Number(status)],
  )
  assert.deepEqual(
    documented,
    Object.entries(UPLOAD_REFUSALS).map(([name, { status }]) => [name, status]),
  )
})

test('the protocol document names the settings of uploads [P-12.5]', () => {
  const documented = Array.from(
    marked('upload-settings').matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm),
    ([, name, value]) => [name, value],
  )
  const settings = Object.entries(userConfigSchema.parse({}).upload)
  assert.deepEqual(
    documented,
    settings.map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : String(value)]),
  )
})

test('the reference of messages is what the codec reads and writes', () => {
  assert.equal(
    readFileSync(REFERENCE_FILE, 'utf8'),
    renderReference(),
    'run: node tools/message-reference.ts',
  )
})
