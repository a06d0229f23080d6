import { Es3Error, escapeText, readXmlNodes, type XmlNode } from '@warren/codec/es3'

const LIMITS = { maxDepth: 1000, maxNodes: 1_000_000 }

/**
 * A node of XML as ActionScript 2 has it: an element (type 1), a piece of text (type 3), or the document, which has
 * neither name nor value.
 * @example
 * socket.onXML = xml => {
 *   if (xml.firstChild?.nodeName === 'greeting') show(xml.firstChild.attributes.from)
 * }
 */
export class XMLNode {
  /** 1 for elements and documents, 3 for text. */
  readonly nodeType: 1 | 3
  /** Name of an element. */
  readonly nodeName: string | null
  /** Text of a piece of text. */
  readonly nodeValue: string | null
  /** Attributes of an element, as texts. */
  readonly attributes: { readonly [name: string]: string }
  /** What stands in it. */
  readonly childNodes: readonly XMLNode[]
  /** What it stands in. */
  readonly parentNode: XMLNode | null
  readonly #index: number

  private constructor(node: XmlNode | readonly XmlNode[], parent: XMLNode | null, index: number) {
    const element = typeof node === 'object' && 'name' in node ? node : undefined
    this.nodeType = typeof node === 'string' ? 3 : 1
    this.nodeName = element?.name ?? null
    this.nodeValue = typeof node === 'string' ? node : null
    this.attributes = element?.attributes ?? {}
    this.parentNode = parent
    this.#index = index
    const nodes = element?.nodes ?? (Array.isArray(node) ? (node as readonly XmlNode[]) : [])
    this.childNodes = nodes.map((child, at) => new XMLNode(child, this, at))
  }

  /**
   * Reads a text, as far as it makes sense; what is no XML is a piece of text.
   * @returns the document, empty for one that is not read: with a document type, or more than a thousand levels
   */
  static parse(text: string): XMLNode {
    try {
      return new XMLNode(readXmlNodes(text, LIMITS), null, 0)
    } catch (error) {
      if (!(error instanceof Es3Error)) throw error
      return new XMLNode([], null, 0)
    }
  }

  /** What stands first in it. */
  get firstChild(): XMLNode | null {
    return this.childNodes[0] ?? null
  }

  /** What stands last in it. */
  get lastChild(): XMLNode | null {
    return this.childNodes.at(-1) ?? null
  }

  /** What stands after it in the same element. */
  get nextSibling(): XMLNode | null {
    return this.parentNode?.childNodes[this.#index + 1] ?? null
  }

  /** What stands before it in the same element. */
  get previousSibling(): XMLNode | null {
    return this.parentNode?.childNodes[this.#index - 1] ?? null
  }

  /** Whether there is something in it. */
  hasChildNodes(): boolean {
    return this.childNodes.length > 0
  }

  /** The XML of it. */
  toString(): string {
    if (this.nodeValue !== null) return escapeText(this.nodeValue)
    const content = this.childNodes.join('')
    if (this.nodeName === null) return content
    const attributes = Object.entries(this.attributes)
      .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`)
      .join('')
    const tag = `${this.nodeName}${attributes}`
    return content === '' ? `<${tag} />` : `<${tag}>${content}</${this.nodeName}>`
  }
}
