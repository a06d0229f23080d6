import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOAD_FLAGS, parseBench } from '../../src/load/load-arguments.ts'
import { LOAD_HELP } from '../../src/load/load-help.ts'
import { SCENARIO_NAMES } from '../../src/load/scenarios.ts'

const NOW = new Date('2030-01-02T03:04:05.678Z')
const parse = (line: string) => parseBench(line.split(' ').filter(Boolean), NOW)

function optionsOf(line: string) {
  const command = parse(line)
  assert.equal(command.type, 'load', JSON.stringify(command))
  return command.type === 'load' ? command.options : undefined
}

test('a scenario alone starts a server of its own, with the usual bots, and is named by its time', () => {
  const options = optionsOf('chat')
  assert.equal(options?.target, undefined)
  assert.equal(options?.clients, 100)
  assert.equal(options?.roomSize, 100)
  assert.equal(options?.name, 'chat-tcp-2030-01-02T03-04-05')
})

test('a target is a host and a port, of which each may be left out', () => {
  const targets: readonly (readonly [string, string, number])[] = [
    ['game.example:9000', 'game.example', 9000],
    ['game.example', 'game.example', 9933],
    [':9000', '127.0.0.1', 9000],
    ['[::1]:9000', '::1', 9000],
  ]
  for (const [text, host, port] of targets) {
    assert.deepEqual(optionsOf(`chat --target ${text}`)?.target, { host, port })
  }
  assert.deepEqual(optionsOf('chat --over ws --target h')?.target, { host: 'h', port: 8080 })
})

test('more workers than bots, and larger rooms than there are bots for, are cut down', () => {
  const options = optionsOf('chat --clients 3 --workers 8 --room-size 50')
  assert.deepEqual([options?.workers, options?.roomSize], [3, 3])
})

test('what makes no sense is a mistake, in words', () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['dance', /"dance" is no scenario; there are chat, /],
    ['chat now', /"now" is one word too many/],
    ['chat --over pigeon', /--over: "pigeon" is none of tcp, ws/],
    ['mmo-walk --over es3', /mmo-walk does not go over es3, but over tcp, ws, bluebox/],
    ['mmo-walk --rate 5', /mmo-walk has no rate/],
    ['chat --clients 0', /--clients: "0" is no number from 1/],
    ['chat --clients 1.5', /--clients/],
    ['chat --clients many', /--clients/],
    ['chat --target a:b:c', /--target/],
    ['chat --target a:70000', /--target/],
    ['chat --name ../up', /--name/],
    ['chat --speed 5', /--speed/],
    ['compare one.json', /compare wants two files/],
  ]
  for (const [line, message] of mistakes) {
    const command = parse(line)
    assert.equal(command.type, 'mistake', line)
    assert.match('message' in command ? command.message : '', message)
  }
})

test('nothing and --help ask for help, which names every scenario and every option', () => {
  assert.deepEqual(parse(''), { type: 'help' })
  assert.deepEqual(parse('chat --help'), { type: 'help' })
  for (const name of [...SCENARIO_NAMES, ...LOAD_FLAGS.map(({ flag }) => `--${flag}`)]) {
    assert.ok(LOAD_HELP.includes(`  ${name}`), name)
  }
})
