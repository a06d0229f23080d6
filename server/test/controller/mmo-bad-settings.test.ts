import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestFields, Vec3 } from '@warren/codec'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
import { zoneSettings } from '../support/settings.ts'

type NewRoom = RequestFields<'CreateRoom'>

const int = (x: number, y = x, z = 0): Vec3 => ({ kind: 'int', x, y, z })
const float = (x: number, y = x, z = 0): Vec3 => ({ kind: 'float', x, y, z })

const FIELD: NewRoom = {
  name: 'Field',
  groupId: 'default',
  password: '',
  isGame: false,
  maxUsers: 10,
  maxSpectators: 0,
  maxVariables: 5,
  onlyOwnerInvites: true,
  aoi: float(10),
  maxLimboSeconds: 50,
  proximityMillis: 50,
  sendsEntryPoint: true,
  autoJoin: false,
}

/** Makes a room as a client does. @returns the failure's code and arguments, or how often something failed unforeseen */
async function make(changes: Partial<NewRoom>): Promise<readonly [code: unknown, args: unknown]> {
  const server = new TestServer({ zones: [zoneSettings({})] })
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName: 'Ann', password: '' })
  await client.heard()
  await client.ask('CreateRoom', { ...FIELD, ...changes })
  const [answer] = await client.heard()
  const isThere = server.core.api.zone('Test').roomByName('Field') !== undefined
  assert.equal(isThere, answer?.name !== 'Failure')
  assert.equal(server.counters.faults, 0)
  return [answer?.fields.code, answer?.fields.args]
}

const BAD: readonly (readonly [key: string, changes: Partial<NewRoom>])[] = [
  ...[
    float(0),
    float(-1),
    float(1, 0),
    float(1, 1, -1),
    float(Number.NaN),
    float(1, Number.POSITIVE_INFINITY),
  ].map(aoi => ['maoi', { aoi }] as const),
  ['mllm', { aoi: int(10), lowerLimit: float(0), higherLimit: int(9) }],
  ['mlhm', { aoi: int(10), lowerLimit: int(0), higherLimit: float(9) }],
  ['mlhm', { lowerLimit: float(0), higherLimit: float(-1) }],
  ['mlhm', { lowerLimit: float(0, 0, 1), higherLimit: float(9) }],
  ['mllm', { lowerLimit: float(Number.NaN), higherLimit: float(9) }],
  ['mlhm', { lowerLimit: float(0), higherLimit: float(Number.POSITIVE_INFINITY) }],
  ...[0, -1].map(maxLimboSeconds => ['muls', { maxLimboSeconds }] as const),
  ...[0, 9, -1].map(proximityMillis => ['mpum', { proximityMillis }] as const),
]

for (const [key, changes] of BAD) {
  test(`a client's MMO room with ${JSON.stringify(changes, readable)} gets 18 with ${key} [P-6.13.10]`, async () => {
    assert.deepEqual(await make(changes), [18, [key]])
  })
}

const GOOD: readonly Partial<NewRoom>[] = [
  { aoi: float(1e-30) },
  { aoi: float(3e38) },
  { aoi: int(2 ** 31 - 1) },
  { lowerLimit: float(-3e38), higherLimit: float(3e38) },
  { lowerLimit: float(5), higherLimit: float(5) },
  // One limit alone is none [observed].
  { higherLimit: float(5) },
  { maxLimboSeconds: 32_767, proximityMillis: 10 },
]

for (const changes of GOOD) {
  test(`a client's MMO room with ${JSON.stringify(changes, readable)} is made`, async () => {
    assert.deepEqual(await make(changes), [undefined, undefined])
  })
}

/** Numbers that JSON does not know. */
function readable(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}
