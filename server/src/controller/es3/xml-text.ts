const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** An element with text in it. */
export function element(name: string, text: string): string {
  return `<${name}>${text.replace(/[&<>"]/g, character => ENTITIES[character] ?? '')}</${name}>`
}

/** An element with others in it. @param inner  XML */
export function xml(name: string, inner: readonly string[]): string {
  return `<${name}>${inner.join('')}</${name}>`
}
