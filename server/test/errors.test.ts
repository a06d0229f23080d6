import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { MessageProblemKind } from '@warren/codec'
import { ERRORS } from '../src/errors.ts'
import type { DatagramRefusal } from '../src/session/datagrams.ts'
import type { Refusal } from '../src/transport/connection.ts'

const PROTOCOL = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')

/** Every reason of the type, so that the compiler asks for one that is new and refuses one that is gone. */
const REFUSALS: { readonly [R in Refusal]: true } = {
  'address-denied': true,
  'connections-per-address': true,
  'pending-handshakes': true,
  'handshake-timeout': true,
  'message-too-large': true,
  'message-rate': true,
  'byte-rate': true,
  'malformed-frame': true,
  'text-message': true,
  'malformed-request': true,
  'tls-refused': true,
  'request-timeout': true,
  'tunnels-per-address': true,
  'tunnel-unknown': true,
  'tunnel-request': true,
  'key-refused': true,
  'token-refused': true,
  'slow-client': true,
  idle: true,
  'no-policy': true,
  'proxy-refused': true,
  protocol: true,
}

/** The same for datagrams. */
const DATAGRAM_REFUSALS: { readonly [R in DatagramRefusal]: true } = {
  'datagram-too-large': true,
  'datagram-rate': true,
  'datagram-malformed': true,
  'datagram-not-bound': true,
  'datagram-repeated': true,
}

/** The same for what cannot be read. */
const PROBLEMS: { readonly [K in MessageProblemKind]: true } = {
  malformed: true,
  'not-encrypted': true,
  'unknown-controller': true,
  'unknown-action': true,
  'missing-key': true,
  'wrong-type': true,
  'bad-value': true,
}

interface Row {
  readonly name: string
  readonly code: number
  readonly args: readonly string[]
  readonly consequence: string
  readonly stockIsSilent: boolean
}

const rowsOfCode: Row[] = Object.entries(ERRORS).map(([name, error]) => ({
  name,
  code: error.code,
  args: error.args,
  consequence: error.consequence,
  stockIsSilent: 'stockIsSilent' in error,
}))

/** The cells of a table of the document, without its head, each without its code marks. */
function tableOf(name: string): string[][] {
  const body = PROTOCOL.split(`<!-- ${name}:start -->`)[1]?.split(`<!-- ${name}:end -->`)[0]
  assert.ok(body !== undefined, `docs/protocol.md has no table ${name}`)
  const lines = body.split('\n').filter(line => line.startsWith('|'))
  return lines.slice(2).map(line =>
    line
      .slice(1, -1)
      .split('|')
      .map(cell => cell.trim().replaceAll('`', '')),
  )
}

const cell = (row: readonly string[], at: number): string => row[at] ?? ''

test('the error codes of the code and of the protocol document are the same [P-7]', () => {
  const documented = tableOf('error-codes').map(row => ({
    name: cell(row, 1),
    code: Number(cell(row, 0)),
    args: cell(row, 2) === '' ? [] : cell(row, 2).split(', '),
    consequence: 'reply',
    stockIsSilent: cell(row, 3) === 'yes',
  }))
  assert.deepEqual(
    documented,
    rowsOfCode.filter(row => row.code >= 0),
  )
})

test('the refusals without a code are the same in the code and in the protocol document [P-11.3]', () => {
  const documented = tableOf('silent-errors').map(row => ({
    name: cell(row, 0),
    code: -1,
    args: [],
    consequence: cell(row, 1),
    stockIsSilent: false,
  }))
  assert.deepEqual(
    documented,
    rowsOfCode.filter(row => row.code < 0),
  )
})

test('the reasons for ending a line are the same in the code and in the protocol document [P-11.1]', () => {
  assert.deepEqual(
    tableOf('line-refusals').map(row => cell(row, 0)),
    Object.keys(REFUSALS),
  )
})

test('the reasons for not reading a request are the same in the code and in the protocol document [P-11.4]', () => {
  assert.deepEqual(
    tableOf('problems').map(row => cell(row, 0)),
    Object.keys(PROBLEMS),
  )
})

test('the reasons for dropping a datagram are the same in the code and in the protocol document [P-11.6]', () => {
  assert.deepEqual(
    tableOf('datagram-refusals').map(row => cell(row, 0)),
    Object.keys(DATAGRAM_REFUSALS),
  )
})

test('no code is used twice, and a row without a code is never a reply [P-7.2]', () => {
  const codes = rowsOfCode.map(row => row.code).filter(code => code >= 0)
  assert.equal(new Set(codes).size, codes.length)
  for (const row of rowsOfCode) assert.equal(row.consequence === 'reply', row.code >= 0, row.name)
})
