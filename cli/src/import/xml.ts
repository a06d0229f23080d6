import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element of an XML file. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text, without the space around it. */
  readonly text: string
}

/** A file that is no XML, with the line where reading stopped. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
}

const ATTRIBUTE = '@'
const TEXT = '#text'
const ATTRIBUTES = ':@'

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/**
 * Reads an XML file. What the Java serialiser puts around lists is left out: `class` attributes, and elements called
 * `a` that only hold the entries of an array.
 * @throws XmlError
 */
export function parseXml(text: string): XmlElement {
  const source = text.replace(/^\uFEFF/, '')
  const valid = XMLValidator.validate(source)
  if (valid !== true) throw new XmlError(`line ${valid.err.line}: ${valid.err.msg}`)
  const nodes: unknown = parser.parse(source)
  const [root] = Array.isArray(nodes) ? elementsOf(nodes) : []
  if (root === undefined) throw new XmlError('there is no element')
  return root
}

function elementsOf(nodes: readonly unknown[]): XmlElement[] {
  return nodes.flatMap(node => {
    if (typeof node !== 'object' || node === null) return []
    const name = Object.keys(node).find(key => key !== ATTRIBUTES && key !== TEXT)
    const inner: unknown = name === undefined ? undefined : Reflect.get(node, name)
    if (name === undefined || !Array.isArray(inner)) return []
    const children = elementsOf(inner)
    const attributes = attributesOf(Reflect.get(node, ATTRIBUTES))
    const isWrapper = name === 'a' && attributes.has('class')
    attributes.delete('class')
    return isWrapper ? children : [{ name, attributes, children, text: textOf(inner) }]
  })
}

function attributesOf(given: unknown): Map<string, string> {
  if (typeof given !== 'object' || given === null) return new Map()
  return new Map(
    Object.entries(given).map(([key, value]) => [key.slice(ATTRIBUTE.length), String(value).trim()]),
  )
}

function textOf(nodes: readonly unknown[]): string {
  return nodes
    .map(node => (typeof node === 'object' && node !== null && TEXT in node ? String(node[TEXT]) : ''))
    .join('')
    .trim()
}
