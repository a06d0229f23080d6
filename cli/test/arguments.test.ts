import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCommand } from '../src/arguments.ts'
import { HELP } from '../src/help.ts'

test('start takes every flag, in both spellings', () => {
  const line =
    '--config F start --host H --tcp 1 --udp=2 --http off --https 0 --electro 3 --tls-key K --tls-cert C --zones Z --log-level warn'
  assert.deepEqual(parseCommand(line.split(' ')), {
    type: 'start',
    file: 'F',
    flags: {
      host: 'H',
      tcp: '1',
      udp: '2',
      http: 'off',
      https: '0',
      electro: '3',
      'tls-key': 'K',
      'tls-cert': 'C',
      zones: 'Z',
      'log-level': 'warn',
    },
  })
})

test('nothing, --help and help ask for help; --version for the version', () => {
  for (const args of [[], ['--help'], ['-h'], ['help'], ['start', '--help']]) {
    assert.deepEqual(parseCommand(args), { type: 'help' })
  }
  assert.deepEqual(parseCommand(['--version']), { type: 'version' })
})

test('a command line that makes no sense is a mistake, in words', () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['begin', /"begin" is not a command/],
    ['start now', /"now" is one word too many/],
    ['--tcp 1', /say what to do/],
    ['start --port 1', /--port/],
    ['start --tcp', /--tcp/],
  ]
  for (const [line, message] of mistakes) {
    const command = parseCommand(line.split(' '))
    assert.equal(command.type, 'mistake')
    assert.match('message' in command ? command.message : '', message)
  }
})

test('the help names every flag of the start', () => {
  for (const flag of ['config', 'host', 'tcp', 'udp', 'http', 'https', 'electro', 'tls-key', 'tls-cert']) {
    assert.match(HELP, new RegExp(`--${flag} `))
  }
})

test('accounts have actions and options of their own', () => {
  const rest = { file: undefined, flags: {} }
  assert.deepEqual(
    parseCommand(['account', 'add', 'Ann', '--zone=A', '--email=a@b.org', '--privilege=moderator']),
    {
      type: 'account',
      action: 'add',
      name: 'Ann',
      zone: 'A',
      email: 'a@b.org',
      privilege: 'moderator',
      ...rest,
    },
  )
  for (const args of [
    ['account'],
    ['account', 'add'],
    ['account', 'list', 'Ann'],
    ['account', 'add', 'Ann', 'Bob'],
    ['account', 'add', 'Ann', '--privilege=king'],
    ['account', 'add', 'Ann', '--privilege=toString'],
    ['account', 'passwd', 'Ann', '--email=a@b.org'],
    ['account', 'remove', 'Ann', '--out=x'],
    ['start', '--zone=A'],
    ['import', 'x', '--email=a@b.org'],
  ]) {
    assert.equal(parseCommand(args).type, 'mistake', args.join(' '))
  }
})

test('what stands behind bench is left to the load generator, its help too', () => {
  assert.deepEqual(parseCommand(['bench', 'chat', '--rate', '5', '--help']), {
    type: 'bench',
    args: ['chat', '--rate', '5', '--help'],
  })
})
