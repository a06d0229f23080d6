import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWddx, type WddxValue, writeWddx } from '@warren/client/electroserver'
import fc from 'fast-check'

const packet = (data: string): string =>
  `<wddxPacket version='1.0'><header/><data>${data}</data></wddxPacket>`

test('values are written as WDDX packets', () => {
  const value = { description: 'a <b> & c', attributes: { isGameRoom: true, list: [1, null] } }
  const text = packet(
    "<struct><var name='description'><string>a &lt;b&gt; &amp; c</string></var><var name='attributes'><struct>" +
      "<var name='isGameRoom'><boolean value='true'/></var><var name='list'><array length='2'><number>1</number>" +
      '<null/></array></var></struct></var></struct>',
  )
  assert.equal(writeWddx(value), text)
  assert.deepEqual(readWddx(text), value)
})

test('packets of others are read: line ends by their number, tables, times, comments in the header', () => {
  assert.equal(readWddx(packet('<string>a<char code="0A"/>b<char code=\'0d\'></char></string>')), 'a\nb\r')
  const table =
    "<recordset rowCount='2' fieldNames='n'><field name='n'><number>1</number><string>x</string></field></recordset>"
  assert.deepEqual(readWddx(packet(table)), { n: [1, 'x'] })
  assert.deepEqual(
    readWddx(packet('<dateTime>2004-05-22T10:00:00Z</dateTime>')),
    new Date('2004-05-22T10:00:00Z'),
  )
  const commented =
    "<wddxPacket version='1.0'><header><comment>x</comment></header><data><string/></data></wddxPacket>"
  assert.equal(readWddx(commented), '')
})

test('what is no packet is nothing', () => {
  const others = [
    '',
    'text',
    '<wddxPacket/>',
    packet(''),
    packet('<spell/>'),
    packet('<constructor/>'),
    packet('<array><x/></array>'),
  ]
  for (const text of [...others, `<!DOCTYPE x>${packet('<null/>')}`, packet('<array>'.repeat(100))]) {
    assert.equal(readWddx(text), undefined)
  }
})

test('names of other objects are names like any other', () => {
  const value = readWddx(packet("<struct><var name='__proto__'><string>x</string></var></struct>"))
  assert.deepEqual(Object.keys(value as object), ['__proto__'])
})

test('every value comes back as it was', () => {
  const { value } = fc.letrec<{ value: WddxValue }>(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => number + 0),
      fc.string({ unit: 'grapheme' }).map(text => text.replaceAll('\0', '')),
      fc.array(tie('value')),
      fc.dictionary(
        fc.string({ minLength: 1 }).filter(name => name !== '__proto__'),
        tie('value'),
      ),
    ),
  }))
  fc.assert(fc.property(value, each => assert.deepEqual(plain(readWddx(writeWddx(each))), plain(each))))
})

test('what WDDX cannot hold is refused', () => {
  const circle: { [name: string]: WddxValue } = {}
  circle.self = circle
  assert.throws(() => writeWddx(circle), TypeError)
  assert.throws(() => writeWddx((() => 1) as unknown as WddxValue), TypeError)
})

/** Without the difference between objects with a prototype and those without. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
