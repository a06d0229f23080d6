import { foldCase, WordFinder } from './word-finder.ts'
import { type CheckedText, Places, type WordFilter } from './words.ts'

/** What a list of the language filter holds: words that stand alone, or roots that are found inside of words too. */
export type WordKind = 'word' | 'root'

/** What stands alone: letters, marks, digits and underscores. */
const RUN = /[\p{L}\p{M}\p{N}_]+/gu
const WHOLE_RUN = /^[\p{L}\p{M}\p{N}_]+$/u
const HIDE_CHARACTER = '*'
/** The longest word, in UTF-16 units, and how many there may be of each kind. */
const MAX_LENGTH = 100
const MAX_WORDS = 10_000

/** Why a text cannot be in a list; undefined when it can. */
export function wordProblem(kind: WordKind, text: string): string | undefined {
  if (text.trim() === '') return 'is empty'
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (kind === 'word' && !WHOLE_RUN.test(text)) return 'is not one word; use a root word'
  return undefined
}

/**
 * Words and root words that can be changed while the server runs. Upper and lower case are the same. A check takes time
 * linear in the text, however many words there are.
 */
export class LanguageFilter implements WordFilter {
  readonly #lists: { readonly [K in WordKind]: Set<string> }
  #finder: WordFinder | undefined

  constructor(words: readonly string[] = [], roots: readonly string[] = []) {
    this.#lists = { word: new Set(words.map(foldCase)), root: new Set(roots.map(foldCase)) }
  }

  /** The words of a kind in the order of adding, in lower case. */
  words(kind: WordKind): readonly string[] {
    return [...this.#lists[kind]]
  }

  /** Adds a word that has no {@link wordProblem}. @returns false when there is no place for it */
  add(kind: WordKind, text: string): boolean {
    const words = this.#lists[kind]
    const folded = foldCase(text)
    if (words.size >= MAX_WORDS && !words.has(folded)) return false
    words.add(folded)
    this.#finder = undefined
    return true
  }

  /** @returns whether it was there */
  remove(kind: WordKind, text: string): boolean {
    this.#finder = undefined
    return this.#lists[kind].delete(foldCase(text))
  }

  check(text: string): CheckedText {
    const { word: words, root: roots } = this.#lists
    const places = new Places(text)
    if (roots.size > 0) {
      this.#finder ??= new WordFinder(Array.from(roots, root => ({ text: root, ignoreCase: true })))
      this.#finder.find(text, places.add)
    }
    if (words.size > 0) {
      for (const { 0: run, index } of text.matchAll(RUN)) {
        if (words.has(foldCase(run))) places.add(index, index + run.length)
      }
    }
    return places.masked(HIDE_CHARACTER)
  }
}
