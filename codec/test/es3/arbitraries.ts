import type { Es3Message, Es3Request } from '@warren/codec/es3'
import fc from 'fast-check'
import type { FieldData, FieldTable } from '../../src/es3/field.ts'
import type { PacketTable } from '../../src/es3/packet-shape.ts'

/** Text that travels unchanged: without the characters that XML forbids, in surrogates that belong together. */
const anyText = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'ab &<>"\'\r\n', ']]>', '<Name>', '&amp;', '<![CDATA['),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what cannot travel
  .map(text => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '?'))
const someText = anyText.map(text => `x${text}`)

function anyValue({ value, path }: FieldData): fc.Arbitrary<unknown> {
  switch (value.kind) {
    case 'boolean':
      return fc.boolean()
    case 'number':
      return fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER })
    case 'list': {
      const item = value.item.fields === undefined ? someText : anyValues(value.item.fields)
      return fc.array(item, { minLength: path === 'Users' ? 1 : 0, maxLength: 3 })
    }
    default:
      // What comes first in an element is a name and never empty.
      return /(^|\/)(Name|User|Plugin|Zone|Command|RequestAction)$/.test(path) ? someText : anyText
  }
}

function anyValues(fields: FieldTable): fc.Arbitrary<unknown> {
  const optional = Object.entries(fields).filter(([, field]) => field.optional)
  const model = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      field.optional && field.value.kind === 'boolean' ? fc.constant(true) : anyValue(field),
    ]),
  )
  const requiredKeys = Object.keys(fields).filter(name => !optional.some(([key]) => key === name))
  return fc.record(model, { requiredKeys }).map(values => ({ ...values }))
}

/** Any packet of a table, as the protocol knows it. */
export function packets<P extends Es3Message | Es3Request>(table: PacketTable): fc.Arbitrary<P> {
  const each = Object.entries(table).map(([name, { fields }]) =>
    anyValues(fields).map(values => ({ name, fields: values }) as unknown as P),
  )
  return fc.oneof(...each)
}
