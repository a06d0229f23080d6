import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type ClassValue,
  classView,
  DEFAULT_ES3_LIMITS,
  type Element,
  type Es3Message,
  foundMessages,
  readXml,
  renderMessage,
} from '@warren/codec/es3'
import fc from 'fast-check'
import { packets } from './arbitraries.ts'

const parse = (text: string): Element => {
  const root = readXml(text, DEFAULT_ES3_LIMITS)
  assert.ok(root !== undefined)
  return root
}
const view = (text: string): ClassValue => classView(parse(text))

/** Every element that holds others is an object or a list for the class, and none of its children is lost. */
function assertWhole(element: Element): void {
  if (element.children.length === 0) return
  assert.notEqual(classView(element), undefined, `${element.name} is lost`)
  for (const child of element.children) assertWhole(child)
}

describe('Messages as the ActionScript class parses them', () => {
  it('begin with the action and go on with the parameters, without a blank between elements', () => {
    const property = fc.property(packets<Es3Message>(foundMessages), message => {
      const text = renderMessage(message)
      const root = parse(text)
      assert.deepEqual(
        root.children.map(({ name }) => name),
        ['Action', 'Parameters'],
      )
      assert.match(text, /^<XmlDoc><Action>\w+<\/Action><Parameters>/)
      assertNoMixedContent(root)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('lose no child', () => {
    const property = fc.property(packets<Es3Message>(foundMessages), message =>
      assertWhole(parse(renderMessage(message))),
    )
    fc.assert(property, { numRuns: 1000 })
  })

  it('hold one piece of text in each leaf: the class reads the first only', () => {
    const text = renderMessage({
      name: 'PublicMessage',
      fields: { sender: 'a', message: 'x ]]> y ]]> <z>', variables: [] },
    })
    assert.doesNotMatch(text, /CDATA/)
    assert.match(text, /<Message>x \]\]&gt; y \]\]&gt; &lt;z><\/Message>/)
  })
})

describe('The view of the ActionScript class', () => {
  it('loses the children of an element whose first one is empty', () => {
    assert.equal(view('<User><UserVariables/><Name>x</Name></User>'), undefined)
  })

  it('takes text that looks like a number for one, except in messages', () => {
    assert.deepEqual(
      { ...(view('<a><Name>12</Name><Message>12</Message></a>') as object) },
      {
        Name: { value: 12 },
        Message: { value: '12' },
      },
    )
  })

  it('makes items of the children of a list, and nothing of empty text', () => {
    assert.deepEqual(view('<Words><Word>a</Word><Other>b</Other><Word/></Words>'), ['a', 'b', undefined])
  })

  it('gives attributes the type that they look like', () => {
    const { attributes } = view('<Room Users="2" Hidden="true" Tag="x"><Name>R</Name></Room>') as {
      readonly attributes: object
    }
    assert.deepEqual({ ...attributes }, { Users: 2, Hidden: true, Tag: 'x' })
  })
})

function assertNoMixedContent(element: Element): void {
  if (element.children.length > 0)
    assert.equal(element.text, '', `text between the children of ${element.name}`)
  for (const child of element.children) assertNoMixedContent(child)
}
