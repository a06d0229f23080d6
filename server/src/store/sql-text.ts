/** Backslashes, NUL and lone halves of surrogate pairs: PostgreSQL takes neither of the latter. */
const TO_ESCAPE = /[\\\0]|\p{Surrogate}/gu
const ESCAPED = /\\(\\|u[0-9a-f]{4})/g

/**
 * A text as databases can hold it. Different texts stay different, and what a text begins with stays what it begins
 * with. All but very odd texts stay as they are.
 */
export function sqlText(text: string): string {
  return text.replace(TO_ESCAPE, char =>
    char === '\\' ? '\\\\' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The text that became `stored`. */
export function textOf(stored: string): string {
  return stored.replace(ESCAPED, (_, code: string) =>
    code === '\\' ? '\\' : String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  )
}

/**
 * The first text, by code points, after all those that begin with a prefix.
 * @returns undefined when there is none
 */
export function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, char => char.codePointAt(0) ?? 0)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  // Surrogates are no characters of their own.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
}
