/** An XML element as it was read: its children in order, and all text right below it joined. */
export interface Element {
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: readonly Element[]
  readonly text: string
  /** Children and pieces of text, as they stand. */
  readonly nodes: readonly XmlNode[]
}

/** An element, or a piece of text. */
export type XmlNode = Element | string

/** The first child of that name; one that differs in upper and lower case only when there is no other. */
export function childOf(parent: Element, name: string): Element | undefined {
  return parent.children.find(child => child.name === name) ?? parent.children.find(sameName(name))
}

/** The attribute of that name, however it is written. */
export function attributeOf(element: Element, name: string): string | undefined {
  const exact = Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined
  if (exact !== undefined) return exact
  const wanted = name.toLowerCase()
  return Object.entries(element.attributes).find(([key]) => key.toLowerCase() === wanted)?.[1]
}

function sameName(name: string): (child: Element) => boolean {
  const wanted = name.toLowerCase()
  return child => child.name.toLowerCase() === wanted
}
