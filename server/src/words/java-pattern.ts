/** What Java calls `\p{...}` and RE2 has as an ASCII class of its own. */
const CLASSES: ReadonlyMap<string, string> = new Map(
  ['Lower', 'Upper', 'Alpha', 'Digit', 'Alnum', 'Punct', 'Graph', 'Print', 'Blank', 'Cntrl', 'Space']
    .map((name): [string, string] => [name, name.toLowerCase()])
    .concat([['XDigit', 'xdigit']]),
)

/**
 * A regular expression as written for Java, in the syntax of RE2, with the same meaning. What RE2 lacks (references
 * back, looking around, possessive repetition) is left as it is, and RE2 refuses it.
 * @throws Error for what RE2 would accept and take for something else
 */
export function fromJava(pattern: string): string {
  let result = ''
  let inClass = false
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i, i + 40)
    const quoted = /^\\Q/.test(rest) ? pattern.indexOf('\\E', i + 2) : -2
    if (quoted !== -2) {
      if (inClass) throw new Error('quotation (\\Q) inside a character class')
      const end = quoted === -1 ? pattern.length : quoted
      result += pattern.slice(i + 2, end).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
      i = end + 1
      continue
    }
    const token = backslash(rest, inClass) ?? (inClass ? inside(rest) : flags(rest))
    if (token) {
      result += token.text
      i += token.length - 1
      continue
    }
    const ch = pattern.charAt(i)
    if (!inClass && ch === '[') {
      const opening = /^\[\^?\]?/.exec(rest)?.[0] ?? ch
      inClass = true
      result += opening
      i += opening.length - 1
      continue
    }
    if (ch === ']') inClass = false
    result += ch
  }
  return result
}

interface Token {
  readonly text: string
  /** Of what stood in its place. */
  readonly length: number
}

function backslash(rest: string, inClass: boolean): Token | undefined {
  if (!rest.startsWith('\\')) return undefined
  const units =
    /^\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/i.exec(rest) ?? /^\\u([0-9a-f]{4})/i.exec(rest)
  if (units) {
    const codes = units.slice(1).map(digits => Number.parseInt(digits, 16))
    const point = String.fromCharCode(...codes).codePointAt(0) ?? 0
    return { text: `\\x{${point.toString(16)}}`, length: units[0].length }
  }
  if (/^\\[0v]/.test(rest)) throw new Error(`${rest.slice(0, 2)}: write the character, or \\x and two digits`)
  const named = /^\\([pP])\{(\w+)\}/.exec(rest)
  const name = named && CLASSES.get(named[2] ?? '')
  if (named && name) {
    const text = `[:${named[1] === 'P' ? '^' : ''}${name}:]`
    return { text: inClass ? text : `[${text}]`, length: named[0].length }
  }
  return { text: rest.slice(0, 2), length: Math.min(2, rest.length) }
}

function inside(rest: string): Token | undefined {
  if (rest.startsWith('[')) throw new Error('a character class inside another: join the two, or write \\[')
  if (rest.startsWith('&&')) throw new Error('an intersection of character classes (&&)')
  return undefined
}

/** Java must be asked for Unicode with `u`; RE2 always uses it when it ignores case. */
function flags(rest: string): Token | undefined {
  const group = /^\(\?([a-zA-Z-]+)([:)])/.exec(rest)
  if (!group) return undefined
  const [whole, asked = '', end = ''] = group
  if (asked.includes('U')) throw new Error('the flag U')
  const left = asked.replaceAll('u', '')
  return { text: left === '' && end === ')' ? '' : `(?${left}${end}`, length: whole.length }
}
