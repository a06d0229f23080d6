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
    ...section(requests),
    '## Responses and events',
    ...section(serverMessages),
  ].join('\n\n')}\n`
}

function section(messages: { readonly [name: string]: MessageData }): string[] {
  return Object.entries(messages).flatMap(([name, message]) => {
    const { controller, action, when, doc, fields } = message
    const address = [`action ${action}`, ...(when === undefined ? [] : [`\`t\` ${when.t}`])]
    if (controller !== 0) address.unshift(`controller ${controller}`)
    return [`### ${name}`, `*${address.join(', ')}.* ${doc}`, ...tables(fields)]
  })
}

/** The table of an object's keys, then those of the objects in it. */
function tables(fields: FieldTable): string[] {
  const list = Object.values(fields)
  if (list.length === 0) return ['No keys.']
  const rows = list.map(
    ({ key, shape, optional, fallback, doc }) =>
      `| \`${key}\` | ${typeOf(shape)} | ${presence(optional, fallback)} | ${doc} |`,
  )
  const table = ['| Key | Type | | Meaning |', '|---|---|---|---|', ...rows].join('\n')
  const inner = list.flatMap(({ key, shape }) =>
    shape.kind === 'record' ? [`Keys in \`${key}\`:`, ...tables(shape.fields)] : [],
  )
  return [table, ...inner]
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
