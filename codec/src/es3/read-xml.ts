import { Parser } from 'htmlparser2'
import type { Element, XmlNode } from './element.ts'
import { Es3Error } from './errors.ts'

/** Limits while a frame is read. Its size is bounded before, where it is cut out of the stream. */
export interface Es3Limits {
  /** Elements within each other, the root included. */
  readonly maxDepth: number
  /** Elements and attributes in one frame. */
  readonly maxNodes: number
}

/** The limits that hold when none are given: the deepest packet found has nine levels. */
export const DEFAULT_ES3_LIMITS: Es3Limits = { maxDepth: 16, maxNodes: 10_000 }

interface OpenElement {
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: Element[]
  readonly nodes: XmlNode[]
  text: string
}

/** Puts the tree together, and counts. */
class TreeBuilder {
  /** What stands outside of every element, and the elements that stand in no other. */
  readonly top: XmlNode[] = []
  readonly #limits: Es3Limits
  readonly #open: OpenElement[] = []
  #nodes = 0

  constructor(limits: Es3Limits) {
    this.#limits = limits
  }

  onopentag(name: string, attributes: { readonly [name: string]: string }): void {
    this.#count(1 + Object.keys(attributes).length)
    if (this.#open.length >= this.#limits.maxDepth) {
      throw new Es3Error('too-deep', `more than ${this.#limits.maxDepth} elements within each other`)
    }
    const element: OpenElement = { name, attributes, children: [], nodes: [], text: '' }
    const parent = this.#open.at(-1)
    parent?.children.push(element)
    const nodes = parent?.nodes ?? this.top
    nodes.push(element)
    this.#open.push(element)
  }

  ontext(text: string): void {
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.text += text
    const nodes = parent?.nodes ?? this.top
    const last = nodes.at(-1)
    // The parser gives entities one by one.
    if (typeof last === 'string') nodes[nodes.length - 1] = last + text
    else nodes.push(text)
  }

  onclosetag(): void {
    this.#open.pop()
  }

  onprocessinginstruction(name: string): void {
    if (name.toLowerCase() === '!doctype') throw new Es3Error('doctype', 'document types are not read')
  }

  #count(nodes: number): void {
    this.#nodes += nodes
    if (this.#nodes <= this.#limits.maxNodes) return
    throw new Es3Error('too-many-nodes', `more than ${this.#limits.maxNodes} nodes`)
  }
}

/**
 * Reads XML as far as it makes sense: a bare `&` is text, what is not closed ends with its parent. Of entities it knows
 * the five of XML and numbers; a document type ends it.
 * @returns the elements and pieces of text that stand in no element
 * @throws Es3Error for a document type, or beyond the limits
 */
export function readXmlNodes(text: string, limits: Es3Limits = DEFAULT_ES3_LIMITS): readonly XmlNode[] {
  const tree = new TreeBuilder(limits)
  const parser = new Parser(tree, { xmlMode: true, decodeEntities: true })
  parser.end(text)
  return tree.top
}

/**
 * Reads XML as {@link readXmlNodes} does.
 * @returns the first element, `undefined` when there is none
 * @throws Es3Error for a document type, or beyond the limits
 */
export function readXml(text: string, limits: Es3Limits = DEFAULT_ES3_LIMITS): Element | undefined {
  return readXmlNodes(text, limits).find(node => typeof node === 'object')
}
