import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Es3Request, es3Requests, readRequest, renderRequest } from '@warren/codec/es3'
import fc from 'fast-check'
import { packets } from './arbitraries.ts'

const request = (action: string, parameters: string): string =>
  `<XmlDoc><Action>${action}</Action><Parameters>${parameters}</Parameters></XmlDoc>`
const problemOf = (frame: string, limits = { maxDepth: 8, maxNodes: 100 }): string | undefined => {
  const read = readRequest(frame, limits)
  return 'problem' in read ? read.problem : undefined
}

describe('Requests that are not well-formed', () => {
  it('may hold a bare & or < in a name', () => {
    assert.deepEqual(
      readRequest(request('Login', '<Name>Tom & <3 Jerry<x></Name><Password>a<b&c;</Password>')),
      {
        name: 'Login',
        fields: { userName: 'Tom & <3 Jerry<x>', password: 'a<b&c;', userVariables: [] },
      },
    )
  })

  it('may hold the end of a CDATA section in a message', () => {
    const read = readRequest(
      request('SendPublicMessage', '<Message><![CDATA[a]]>b]]></c>]]></Message><Variables />'),
    )
    assert.deepEqual(read, {
      name: 'SendPublicMessage',
      fields: { message: 'a]]>b]]></c>', variables: [] },
    })
  })

  it('may misname the capacity as the class does', () => {
    for (const name of ['', 'undefined', 'Capacity']) {
      const frame = request(
        'ChangeRoomDetails',
        `<MinorAction>ChangeCapacity</MinorAction><${name}>7</${name}>`,
      )
      assert.deepEqual(readRequest(frame), { name: 'ChangeCapacity', fields: { capacity: 7 } })
    }
  })

  it('may have blanks between elements, other case, another order, and lack what has a default', () => {
    const frame =
      '\r\n<?xml version="1.0"?>\n<xmldoc> <PARAMETERS>\n <name>N</name> </PARAMETERS> <action> LOGIN </action></xmldoc>\n'
    assert.deepEqual(readRequest(frame), {
      name: 'Login',
      fields: { userName: 'N', password: '', userVariables: [] },
    })
  })

  it('may end early', () => {
    assert.deepEqual(readRequest('<XmlDoc><Action>Login</Action><Parameters><Name>N'), {
      name: 'Login',
      fields: { userName: 'N', password: '', userVariables: [] },
    })
  })
})

describe('Frames that are no packet', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['plain text', 'hello', 'not-a-packet'],
    ['nothing', '', 'not-a-packet'],
    ['another document', '<chat><Action>Login</Action></chat>', 'not-a-packet'],
    ['a policy request', '<policy-file-request/>', 'not-a-packet'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><XmlDoc/>', 'doctype'],
    ['no action', '<XmlDoc><Parameters/></XmlDoc>', 'unknown-action'],
    ['an unknown action', request('Fly', ''), 'unknown-action'],
    [
      'an unknown minor action',
      request('ModeratorCommand', '<MinorAction>Hug</MinorAction>'),
      'unknown-action',
    ],
    ['a property of every object as action', request('constructor', ''), 'unknown-action'],
    ['no name', request('Login', '<Password>p</Password>'), 'missing-value'],
    [
      'a capacity in words',
      request('ChangeRoomDetails', '<MinorAction>ChangeCapacity</MinorAction><Capacity>many</Capacity>'),
      'bad-value',
    ],
    [
      'a huge capacity',
      request(
        'ChangeRoomDetails',
        '<MinorAction>ChangeCapacity</MinorAction><Capacity>9999999999999999</Capacity>',
      ),
      'bad-value',
    ],
    [
      'neither true nor false',
      request('ChangeRoomDetails', '<MinorAction>ChangeUpdatable</MinorAction><Updatable>maybe</Updatable>'),
      'bad-value',
    ],
    ['elements too deep', '<XmlDoc>'.repeat(50), 'too-deep'],
    ['too many elements', `<XmlDoc>${'<Name/>'.repeat(500)}</XmlDoc>`, 'too-many-nodes'],
    [
      'too many attributes',
      `<XmlDoc ${Array.from({ length: 500 }, (_, i) => `a${i}="b"`).join(' ')}/>`,
      'too-many-nodes',
    ],
  ]
  for (const [what, frame, problem] of cases) {
    it(`${what}: ${problem}`, () => assert.equal(problemOf(frame), problem))
  }

  it('say which action they are about', () => {
    const read = readRequest(request('Login', ''))
    assert.ok('problem' in read)
    assert.deepEqual(read, { problem: 'missing-value', action: 'Login', detail: 'Name is required' })
  })

  it('know no entities but the five of XML', () => {
    const read = readRequest(request('Login', '<Name>&lol9;&eacute;&lt;&#65;</Name>'))
    assert.ok(!('problem' in read) && read.name === 'Login')
    assert.equal(read.fields.userName, '&lol9;&eacute;<A')
  })

  it('never throw, whatever is in them', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '<![CDATA[',
        ']]>',
        '<!',
        '<?',
        '</',
        '/>',
        '="',
        '<XmlDoc>',
        '<Action>',
        '</Action>',
        '<Name>',
        '</Name>',
        '<Parameters>',
        '<!--',
        '-->',
        '<>',
        'Login',
        '&#0;',
        '&#x110000;',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    )
    const broken = fc.property(fc.array(pieces, { maxLength: 60 }), parts => {
      readRequest(parts.join(''))
    })
    fc.assert(broken, { numRuns: 3000 })
    const cut = fc.property(packets<Es3Request>(es3Requests), fc.nat(), fc.nat(), (packet, from, length) => {
      const text = renderRequest(packet)
      const at = from % text.length
      readRequest(text.slice(0, at) + text.slice(at + (length % 20)))
    })
    fc.assert(cut, { numRuns: 3000 })
  })

  it('take time with their length and no more', () => {
    const repeated = [
      '<![CDATA[',
      ']]>',
      '<MinorAction>',
      '<Name ',
      '</',
      '<XmlDoc',
      '&',
      '<>',
      ']]> ',
      '<!--',
      '="',
      '</Name>',
    ]
    for (const piece of repeated) {
      const started = performance.now()
      readRequest(piece.repeat(Math.ceil(1_000_000 / piece.length)))
      assert.ok(performance.now() - started < 3000, `a million bytes of ${piece}`)
    }
  })
})
