import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RequestName, requests } from '@warren/codec'
import { Bystander } from '../../src/robustness/healthy.ts'
import { extremeRequests, REQUEST_NAMES } from '../../src/robustness/wrong-values.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

/** These end the session or begin another, which the tests of logins are about. */
const NOT_HERE: ReadonlySet<RequestName> = new Set(['Login', 'Logout', 'Handshake'])
const OWN = { skip: isRemote() && 'needs a login hook and the metrics' }
/** A group that nobody else asks for, so that its failure is known. */
const FENCE = 'the fence'
/** Failures to join come for making a room too. */
const JOIN = 4
const CREATE = 6

for (const [who, privilegeId] of [
  ['a guest', 0],
  ['a moderator', 2],
] as const) {
  test(`the ends of every key of every request do no harm when ${who} sends them`, OWN, async t => {
    const scene = await Scene.open(t, ({ limits }) => ({
      limits: { ...limits, requestsPerSecond: 100_000, bytesPerSecond: 100_000_000 },
      login: { BHMod: () => ({ privilegeId }) },
    }))
    const bystander = await Bystander.in(scene)
    // Has the id that samples of requests name, so that kicks and messages meet somebody.
    await scene.member('BHMod', 'Victim', 'AllPerm')
    const { client } = await scene.member('BHMod', 'Extreme', 'AllPerm')
    for (const name of REQUEST_NAMES.filter(each => !NOT_HERE.has(each))) {
      const { controller, action } = requests[name]
      for (const { what, params } of extremeRequests(name)) {
        client.envelope(controller, action, params)
        client.request('SubscribeRoomGroup', { groupId: FENCE })
        for (;;) {
          const message = await client.next()
          if (message.name !== 'Failure') continue
          if (message.args[0] === FENCE) break
          assert.ok(
            [action, JOIN, CREATE].includes(message.action),
            `${name}: ${what} failed on ${message.action}`,
          )
        }
      }
      await bystander.assertServed()
    }
    const metrics = await (
      await fetch(`http://${scene.target.http.host}:${scene.target.http.port}/metrics`)
    ).text()
    assert.match(metrics, /^warren_faults_total 0$/m)
  })
}
