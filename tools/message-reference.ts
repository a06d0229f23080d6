import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type FieldTable,
  type MessageData,
  requests,
  type ShapeData,
  serverMessages,
  sfsTypeName,
} from '@warren/codec'
import { requestTexts, rowShapes, rowTexts, serverTexts, type Text, type Texts } from '@warren/codec/docs'

/** Where the reference lies. */
export const REFERENCE_FILE = fileURLToPath(new URL('../docs/messages.md', import.meta.url))

const HEAD = `# Messages

Every message of the protocol with its keys, as the codec reads and writes them. Made from the codec's tables by
\`node tools/message-reference.ts\`; a test compares the two. What the messages mean is in [protocol.md](protocol.md).

Types in capitals are those of [P-3.1]. A *vector* is an INT_ARRAY or a FLOAT_ARRAY of three. Rows are SFS_ARRAYs with
fixed places [P-6.1]. Envelopes are those of [P-4.1]; failures [P-4.5] are not listed.
`

/** The whole reference as Markdown. */
export function renderReference(): string {
  return `${[
    HEAD.trimEnd(),
    '## Requests',
    ...section(requests, requestTexts),
    '## Responses and events',
    ...section(serverMessages, serverTexts),
    '## Rows',
    ...rows(),
  ].join('\n\n')}\n`
}

/** Texts of messages or rows by name. */
type TextsOf<T> = { readonly [name: string]: T }

function section(
  messages: TextsOf<MessageData>,
  texts: TextsOf<readonly [text: string, keys: Texts]>,
): string[] {
  return Object.entries(messages).flatMap(([name, { controller, action, when, fields }]) => {
    const [text, keys] = texts[name] ?? ['', {}]
    const address = [`action ${action}`, ...(when === undefined ? [] : [`\`t\` ${when.t}`])]
    if (controller !== 0) address.unshift(`controller ${controller}`)
    return [`### ${name}`, `*${address.join(', ')}.* ${text}`, ...tables(fields, keys)]
  })
}

/** The table of an object's keys, then those of the objects in it. */
function tables(fields: FieldTable, texts: Texts): string[] {
  const list = Object.entries(fields)
  if (list.length === 0) return ['No keys.']
  const lines = list.map(
    ([name, { key, shape, optional, fallback }]) =>
      `| \`${key}\` | ${typeOf(shape)} | ${presence(optional, fallback)} | ${plainText(texts[name])} |`,
  )
  const table = ['| Key | Type | | Meaning |', '|---|---|---|---|', ...lines].join('\n')
  const inner = list.flatMap(([name, { key, shape }]) =>
    shape.kind === 'record' ? [`Keys in \`${key}\`:`, ...tables(shape.fields, nestedTexts(texts[name]))] : [],
  )
  return [table, ...inner]
}

function plainText(text: Text | undefined): string {
  return typeof text === 'string' ? text : (text?.[0] ?? '')
}

function nestedTexts(text: Text | undefined): Texts {
  return text === undefined || typeof text === 'string' ? {} : text[1]
}

/** What stands where in each kind of row. */
function rows(): string[] {
  const texts: TextsOf<TextsOf<string>> = { ...rowTexts }
  return rowShapes.flatMap(row => {
    if (row.kind !== 'row') return []
    const head: [string, ShapeData, string][] = Object.entries(row.cells).map(([name, shape]) => [
      name,
      shape,
      '',
    ])
    const tail = row.tails.flatMap(({ cells }) =>
      Object.entries(cells).map(([name, shape]): [string, ShapeData, string] => [name, shape, 'optional']),
    )
    const lines = [...head, ...tail].map(
      ([name, shape, presence], place) =>
        `| ${place} | ${typeOf(shape)} | ${presence} | ${texts[row.name]?.[name] ?? ''} |`,
    )
    return [`### ${row.name} row`, ['| Place | Type | | Meaning |', '|---|---|---|---|', ...lines].join('\n')]
  })
}

function presence(optional: boolean, fallback: unknown): string {
  if (optional) return 'optional'
  return fallback === undefined ? '' : `${fallback} when absent`
}

function typeOf(shape: ShapeData): string {
  switch (shape.kind) {
    case 'value':
      return sfsTypeName(shape.type) ?? String(shape.type)
    case 'any':
      return 'any'
    case 'vector':
      return 'vector'
    case 'flags':
      return `BOOL_ARRAY of ${shape.names.length}: ${shape.names.join(', ')}`
    case 'oneOf':
      return Object.values(shape.by).map(typeOf).join(' or ')
    case 'nullable':
      return `${typeOf(shape.inner)} or NULL`
    case 'row':
      return `${shape.name} row`
    case 'list':
      return `SFS_ARRAY of ${typeOf(shape.row)}s`
    case 'record':
      return 'SFS_OBJECT'
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(REFERENCE_FILE, renderReference())
