import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { DEFAULT_FLOOD_FILTER } from '../../src/domain/filter/settings.ts'
import { defineExtension } from '../../src/extension/definition.ts'
import { failure, marked, plain, Stage, type Visitor } from './support/stage.ts'

const echo = defineExtension({
  requests: { echo: {} },
  init: ({ handle }) => handle({ echo: () => undefined }),
})

const NOT_JOINED = failure('room-not-joined', 'the sender is not in that room', { $id: 7 })

/** Calls in a room that may not exist. @returns all answers, whole */
async function callIn(stage: Stage, visitor: Visitor, roomId: number, params: SFSObject) {
  visitor.messages()
  visitor.line.send('CallExtension', { command: 'echo', params, roomId })
  await stage.settle()
  return visitor
    .messages()
    .map(message =>
      message.name === 'ExtensionResponse'
        ? { ...message.fields, params: plain(message.fields.params) }
        : message,
    )
}

describe('a call with a number that is refused before an extension sees it', () => {
  test('is answered where the caller is not in the room, with the room that he named', async () => {
    await using stage = await Stage.open({ extensions: { echo } })
    const ann = await stage.enter('ann')
    const { id } = stage.room('Lobby')
    for (const roomId of [id, 999]) {
      assert.deepEqual(await callIn(stage, ann, roomId, marked(7)), [
        { command: 'echo', roomId, params: NOT_JOINED },
      ])
    }
    assert.equal(stage.server.counters.refusals.get('room-not-joined'), 2)
  })

  test('is answered where the privilege profile denies it', async () => {
    const profile = { id: 1, name: 'Standard', deniedRequests: [], extensionCalls: false, superUser: false }
    await using stage = await Stage.open({
      extensions: { echo },
      zone: { privileges: { active: true, profiles: [profile] } },
      login: () => ({ privilegeId: 1 }),
    })
    const ann = await stage.enter('ann')
    const text = 'the privilege profile of the user denies the request'
    assert.deepEqual(await callIn(stage, ann, -1, marked(7)), [
      { command: 'echo', params: failure('request-denied', text, { $id: 7 }) },
    ])
  })

  test('is answered before the login', async () => {
    await using stage = await Stage.open({ extensions: { echo } })
    const ann = await stage.arrive()
    const text = 'the request needs a handshake or a login first'
    assert.deepEqual(await callIn(stage, ann, -1, marked(7)), [
      { command: 'echo', params: failure('request-out-of-turn', text, { $id: 7 }) },
    ])
  })

  test('is answered while the caller is being sent away', async () => {
    await using stage = await Stage.open({ extensions: { echo } })
    const ann = await stage.enter('ann')
    stage.api.kick(ann.user, { delaySeconds: 5 })
    const answers = await callIn(stage, ann, -1, marked(7))
    assert.deepEqual(answers.at(-1), {
      command: 'echo',
      params: failure('user-leaving', 'the user is being disconnected', { $id: 7 }),
    })
  })

  test('is answered where the flood filter stops it', async () => {
    const rules = [{ request: 'CallExtension', maxRequests: 1, seconds: 1 }] as const
    const floodFilter = { ...DEFAULT_FLOOD_FILTER, active: true, rules }
    await using stage = await Stage.open({ extensions: { echo }, zone: { floodFilter } })
    const ann = await stage.enter('ann')
    assert.deepEqual(await callIn(stage, ann, -1, marked(6)), [{ command: 'echo', params: { $id: 6 } }])
    assert.deepEqual((await callIn(stage, ann, -1, marked(7))).at(-1), {
      command: 'echo',
      params: failure('flooding', 'the user asks for that too often', { $id: 7 }),
    })
  })

  test('is answered where there are no extensions at all', async () => {
    await using stage = await Stage.open({})
    const ann = await stage.enter('ann')
    assert.deepEqual(await callIn(stage, ann, -1, marked(7)), [
      { command: 'echo', params: failure('unknown-command', 'Nobody answers to echo here', { $id: 7 }) },
    ])
  })

  test('is silence without the number', async () => {
    await using stage = await Stage.open({ extensions: { echo } })
    const ann = await stage.enter('ann')
    for (const params of [new SFSObject(), new SFSObject().putUtfString('$id', '7')]) {
      assert.deepEqual(await callIn(stage, ann, 999, params), [])
    }
    assert.equal(stage.server.counters.refusals.get('room-not-joined'), 2)
  })
})
