import type { Typed, TypedObject } from './typed.ts'

/** Types that the recorder wrote before a number, in a packet that it wrote as text. */
const NUMBERS: Readonly<Record<string, Typed['t']>> = {
  BYTE: 'BYTE',
  SHORT: 'SHORT',
  INT: 'INT',
  LONG: 'LONG',
}
const TOKEN = /\s*(?:([{}[\],:])|"((?:[^"\\]|\\.)*)"|([A-Za-z_$][\w$]*)|(-?\d+))/y

type Token =
  | { readonly type: 'mark' | 'text' | 'word'; readonly text: string }
  | { readonly type: 'number'; readonly text: string }

/**
 * Reads an object from the notation in which the recorder wrote encrypted packets:
 * `{c:BYTE 0, a:SHORT 1, p:{zn:"Zone", rl:[[INT 2, false]]}}`.
 * @returns nothing when the text is something else
 */
export function objectOfWords(text: string): TypedObject | undefined {
  const tokens = tokensOf(text)
  if (tokens === undefined) return undefined
  const reader = new Reader(tokens)
  const value = reader.value()
  return value?.t === 'SFS_OBJECT' && reader.isDone ? (value.v as TypedObject) : undefined
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const trimmed = text.trim()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed)
    if (match === null) return undefined
    const [, mark, string, word, number] = match
    if (mark !== undefined) tokens.push({ type: 'mark', text: mark })
    else if (string !== undefined) tokens.push({ type: 'text', text: JSON.parse(`"${string}"`) as string })
    else if (word !== undefined) tokens.push({ type: 'word', text: word })
    else tokens.push({ type: 'number', text: number ?? '' })
  }
  return tokens
}

class Reader {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get isDone(): boolean {
    return this.#at === this.#tokens.length
  }

  value(): Typed | undefined {
    const token = this.#tokens[this.#at++]
    if (token?.type === 'text') return { t: 'UTF_STRING', v: token.text }
    if (token?.type === 'word') return this.#named(token.text)
    if (token?.text === '{') return this.#object()
    if (token?.text === '[') return this.#array()
    return undefined
  }

  #named(word: string): Typed | undefined {
    if (word === 'true' || word === 'false') return { t: 'BOOL', v: word === 'true' }
    const type = NUMBERS[word]
    const number = this.#tokens[this.#at++]
    if (type === undefined || number?.type !== 'number') return undefined
    return { t: type, v: type === 'LONG' ? number.text : Number(number.text) }
  }

  #object(): Typed | undefined {
    const members: Record<string, Typed> = {}
    while (!this.#takes('}')) {
      const key = this.#tokens[this.#at++]
      if (key?.type !== 'word' || !this.#takes(':')) return undefined
      const value = this.value()
      if (value === undefined) return undefined
      members[key.text] = value
      this.#takes(',')
    }
    return { t: 'SFS_OBJECT', v: members }
  }

  #array(): Typed | undefined {
    const items: Typed[] = []
    while (!this.#takes(']')) {
      const item = this.value()
      if (item === undefined) return undefined
      items.push(item)
      this.#takes(',')
    }
    return { t: 'SFS_ARRAY', v: items }
  }

  #takes(mark: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.type !== 'mark' || token.text !== mark) return false
    this.#at++
    return true
  }
}
