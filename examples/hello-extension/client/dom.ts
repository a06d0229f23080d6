/** An element of the page that must be there and of a class. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}`)
  return found
}

export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

const TINTS = 6

/** A circle with the first letter of a name, in a colour that goes with the name. */
export function avatar(name: string): HTMLElement {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 9973
  const circle = element('span', `avatar tint-${hash % TINTS}`, [...name][0]?.toUpperCase() ?? '?')
  circle.setAttribute('aria-hidden', 'true')
  return circle
}
