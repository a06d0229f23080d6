import assert from 'node:assert/strict'
import { test } from 'node:test'
import { t as shape } from '@warren/codec/schema'
import { defineExtension } from '@warren/server'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 30_000 }

const requestError = (action: string, reason: string) =>
  packet('RequestError', `<RequestAction>${action}</RequestAction><Reason>${reason}</Reason>`)

/** An extension as its author writes it: nothing in it knows of ElectroServer. */
const scores = defineExtension({
  requests: {
    add: {
      params: { points: shape.int(), bonus: shape.bool(), note: shape.string() },
      response: { total: shape.int() },
    },
  },
  messages: { cheer: { by: shape.string() } },
  init({ zone, handle, send }) {
    let total = 0
    handle({
      add({ params, user }) {
        total += params.bonus ? params.points * 2 : params.points
        send('cheer', { by: `${user.name}: ${params.note}` }, zone)
        return { total }
      },
    })
  },
})

test(
  'a plugin is an extension: its method a request, its params of the types that it declares',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t, {
      extensions: { scores },
      zone: { extensions: [{ name: 'scores', config: {} }] },
    })
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    assert.ok(ann && bob)
    const variable = (name: string, value: string) =>
      `<Variable><Name>${name}</Name><Value>${value}</Value></Variable>`
    const call = (plugin: string, method: string, ...variables: string[]) =>
      packet(
        'ExecutePlugin',
        `<Plugin>${plugin}</Plugin><Method>${method}</Method><Variables>${variables.join('')}</Variables>`,
      )
    const answer = (action: string, name: string, value: string) =>
      packet(
        'SendPluginMessage',
        `<User>scores</User><Message>${action}</Message><Variables>${variable(name, value)}</Variables>`,
      )
    ann.sendText(
      call('scores', 'add', variable('points', '5'), variable('bonus', 'true'), variable('note', '007')),
    )
    assert.deepEqual(await settled(ann), [answer('cheer', 'by', 'Ann: 007'), answer('add', 'total', '10')])
    assert.deepEqual(await settled(bob), [answer('cheer', 'by', 'Ann: 007')])
    ann.sendText(call('nobody', 'add'))
    assert.equal(
      await ann.text(),
      requestError('ExecutePlugin', 'No extension of that name runs in the room or the zone'),
    )
    ann.sendText(call('scores', 'burn'))
    assert.equal(await ann.text(), requestError('ExecutePlugin', 'Nobody answers to that extension command'))
    ann.sendText(
      call('scores', 'add', variable('points', 'many'), variable('bonus', 'true'), variable('note', 'x')),
    )
    assert.match((await settled(ann)).at(-1) ?? '', /RequestError.*The params of an extension request/)
  },
)
