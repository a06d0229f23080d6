/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`The page has no #${id}`)
  return found
}

/** An element that must be of a class, as an input is. @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
export function byIdAs(id, kind) {
  const found = byId(id)
  if (!(found instanceof kind)) throw new Error(`#${id} is no ${kind.name}`)
  return found
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {(Node | string)[]} children
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/**
 * Replaces the rows of a list; the focus stays on the row with the same key.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows  each a button with a `data-key`
 */
export function replaceRows(list, rows) {
  const key = list.contains(document.activeElement)
    ? document.activeElement?.getAttribute('data-key')
    : undefined
  list.replaceChildren(...rows.map(row => element('li', '', row)))
  if (key !== undefined) rows.find(row => row.dataset.key === key)?.focus()
}

const TINTS = 6

/** A circle with the first letter of a name, in a colour that goes with the name. @param {string} name */
export function avatar(name) {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 9973
  const circle = element('span', `avatar tint-${hash % TINTS}`, [...name][0]?.toUpperCase() ?? '?')
  circle.setAttribute('aria-hidden', 'true')
  return circle
}
