import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type Es3Message,
  type Es3Request,
  es3Messages,
  es3Requests,
  foundMessages,
  foundRequests,
  readMessage,
  readRequest,
  renderMessage,
  renderRequest,
} from '@warren/codec/es3'
import fc from 'fast-check'
import { packets } from './arbitraries.ts'
import { MESSAGE_TEXTS } from './message-texts.ts'
import { REQUEST_TEXTS } from './request-texts.ts'

const whole = (action: string, parameters: string): string =>
  `<XmlDoc><Action>${action}</Action><Parameters>${parameters}</Parameters></XmlDoc>`

describe('ES3 requests', () => {
  for (const [request, parameters] of REQUEST_TEXTS) {
    const text = whole(es3Requests[request.name].action, parameters)
    it(`${request.name} is written as the ActionScript class writes it: ${parameters.slice(0, 60)}`, () => {
      assert.equal(renderRequest(request), text)
      assert.deepEqual(readRequest(text), request)
    })
  }

  it('have an example for each that was found', () => {
    const shown = new Set<string>(REQUEST_TEXTS.map(([{ name }]) => name))
    assert.deepEqual(
      Object.keys(foundRequests).filter(name => !shown.has(name)),
      [],
    )
  })

  it('come back as they were sent, whatever they hold', () => {
    const property = fc.property(packets<Es3Request>(es3Requests), request =>
      assert.deepEqual(readRequest(renderRequest(request)), request),
    )
    fc.assert(property, { numRuns: 3000 })
  })
})

describe('ES3 messages', () => {
  for (const [message, parameters] of MESSAGE_TEXTS) {
    const text = whole(es3Messages[message.name].action, parameters)
    it(`${message.name} is written as the ActionScript class reads it: ${parameters.slice(0, 60)}`, () => {
      assert.equal(renderMessage(message), text)
      assert.deepEqual(readMessage(text), message)
    })
  }

  it('have an example for each that was found', () => {
    const shown = new Set<string>(MESSAGE_TEXTS.map(([{ name }]) => name))
    assert.deepEqual(
      Object.keys(foundMessages).filter(name => !shown.has(name)),
      [],
    )
  })

  it('come back as they were sent, whatever they hold', () => {
    const property = fc.property(packets<Es3Message>(es3Messages), message =>
      assert.deepEqual(readMessage(renderMessage(message)), message),
    )
    fc.assert(property, { numRuns: 3000 })
  })

  it('hold no character that XML forbids, and no zero byte', () => {
    const text = renderMessage({
      name: 'PublicMessage',
      fields: { sender: 'a\0b', message: 'c\u0001\u001F]]>\0', variables: [{ name: 'n', data: '\u000B' }] },
    })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    assert.doesNotMatch(text, /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/)
    assert.match(text, /<User>a\uFFFDb<\/User>/)
  })
})
