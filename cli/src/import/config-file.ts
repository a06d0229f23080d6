import { type Carried, isTree } from './carry.ts'

/** The text of a `warren.config.ts` with these values. */
export function configFile(values: Carried): string {
  return `import type { UserConfig } from '@warren/server'

export default ${literal(values, '')} satisfies UserConfig
`
}

function literal(value: unknown, indent: string): string {
  const inner = `${indent}  `
  if (Array.isArray(value)) return `[${value.map(entry => literal(entry, inner)).join(', ')}]`
  if (isTree(value)) {
    const lines = Object.entries(value).map(([key, entry]) => `${inner}${key}: ${literal(entry, inner)},\n`)
    return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`
  }
  return typeof value === 'string' ? quoted(value) : String(value)
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
