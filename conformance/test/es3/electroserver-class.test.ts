import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import {
  ElectroServer as BrowserElectroServer,
  type ElectroServerEventName,
  type ElectroServerEvents,
} from '@warren/client/electroserver'
import { ElectroServer as NodeElectroServer } from '@warren/client/electroserver/node'
import { t } from '@warren/codec/schema'
import { deadline, extended, openTarget, type Target } from '@warren/conformance'
import { defineExtension, defineRequest } from '@warren/server'

const PATIENCE = 5000

/** An extension as plugins were: it answers whoever asks. */
const dice = defineExtension({
  requests: {
    roll: defineRequest({
      params: t.object({ sides: t.utfString() }),
      handle: ({ params, user, reply }) => reply('rolled', { by: user.name, sides: params.sides }),
    }),
  },
})
