import type { PatternEngine, PatternSet } from './pattern-engine.ts'
import { plainWord, readPatterns, type Word } from './patterns.ts'
import type { WordFilterMode } from './settings.ts'
import { foldCase, WordFinder } from './word-finder.ts'

/** What a filter makes of a text. */
export interface CheckedText {
  /** The text with each character of each bad word replaced; the text itself when there is none. */
  readonly masked: string
  /** Bad words; those that overlap count as one. */
  readonly hits: number
}

/** A list of words in force. */
export interface WordFilter {
  /** Takes time linear in the text, whatever the patterns. */
  check(text: string): CheckedText
}

/** How the words of a list are meant. */
export interface WordOptions {
  readonly mode: WordFilterMode
  /** Put in the place of each character of a bad word. */
  readonly hideCharacter: string
}

/** Letters, digits and marks, and apostrophes between them. */
const WORDS = /[\p{L}\p{M}\p{N}_]+(?:['\u2019][\p{L}\p{M}\p{N}_]+)*/gu
/** Size of pattern times units of text that all searches for places may take in one text; then it is masked whole. */
const SEARCH_BUDGET = 50_000_000

interface Compiled {
  readonly words: readonly Word[]
  /** Undefined when plain words are all there is. */
  readonly patterns: PatternSet | undefined
}

/**
 * The filter that the lines of a words file ask for: plain words, or regular expressions as written for Java; blank
 * lines and those that begin with `#` are skipped. Upper and lower case differ unless the pattern says `(?i:...)`.
 *
 * With a blacklist, all that matches is bad, inside a longer word too. With a whitelist, each word (a run of letters,
 * digits, marks and underscores, with apostrophes between) is bad that no pattern matches from end to end.
 *
 * @throws Error for a pattern that the engine cannot use; ask `engine.problem` before.
 */
export function compileWords(
  patterns: readonly string[],
  options: WordOptions,
  engine: PatternEngine,
): WordFilter {
  const words: Word[] = []
  const expressions: string[] = []
  for (const { pattern } of readPatterns(patterns)) {
    const word = plainWord(pattern)
    if (word) words.push(word)
    else expressions.push(pattern)
  }
  const compiled = { words, patterns: expressions.length > 0 ? engine.compile(expressions) : undefined }
  return options.mode === 'blacklist' ? blacklist(compiled, options) : whitelist(compiled, options)
}

function blacklist({ words, patterns }: Compiled, { hideCharacter }: WordOptions): WordFilter {
  const finder = new WordFinder(words)
  return {
    check(text) {
      const places = new Places(text)
      finder.find(text, places.add)
      if (patterns && !addExpressions(patterns, text, places)) {
        return { masked: mask(text, hideCharacter), hits: Math.max(1, places.masked(hideCharacter).hits) }
      }
      return places.masked(hideCharacter)
    },
  }
}

/** Adds the places of the patterns that occur. @returns false when that was given up because it takes too long. */
function addExpressions(patterns: PatternSet, text: string, places: Places): boolean {
  let budget = SEARCH_BUDGET
  for (const index of patterns.occurring(text)) {
    const size = patterns.size(index)
    let from = 0
    while (from < text.length) {
      if (budget <= 0) return false
      budget -= size * (text.length - from)
      const span = patterns.find(index, text, from)
      if (!span) break
      if (span.end > span.start) places.add(span.start, span.end)
      from = Math.max(span.end, from + 1)
    }
  }
  return true
}

function whitelist({ words, patterns }: Compiled, { hideCharacter }: WordOptions): WordFilter {
  const exact = new Set(words.filter(word => !word.ignoreCase).map(word => word.text))
  const folded = new Set(words.filter(word => word.ignoreCase).map(word => foldCase(word.text)))
  const allowed = (word: string): boolean =>
    exact.has(word) || folded.has(foldCase(word)) || (patterns?.matchesWhole(word) ?? false)
  return {
    check(text) {
      let hits = 0
      const masked = text.replace(WORDS, word => {
        if (allowed(word)) return word
        hits++
        return mask(word, hideCharacter)
      })
      return { masked, hits }
    },
  }
}

/** Places in a text that are to be masked. */
export class Places {
  readonly #text: string
  /** Where the longest place that begins at a unit ends; made with the first place. */
  #ends: Uint32Array | undefined

  constructor(text: string) {
    this.#text = text
  }

  readonly add = (start: number, end: number): void => {
    this.#ends ??= new Uint32Array(this.#text.length)
    if (end > (this.#ends[start] ?? 0)) this.#ends[start] = end
  }

  masked(hideCharacter: string): CheckedText {
    const text = this.#text
    const ends = this.#ends
    if (!ends) return { masked: text, hits: 0 }
    let masked = ''
    let hits = 0
    let done = 0
    for (let start = 0; start < text.length; start++) {
      let end = ends[start] ?? 0
      if (end === 0) continue
      for (let i = start + 1; i < end; i++) end = Math.max(end, ends[i] ?? 0)
      masked += text.slice(done, start) + mask(text.slice(start, end), hideCharacter)
      hits++
      done = end
      start = end - 1
    }
    return { masked: masked + text.slice(done), hits }
  }
}

/** One hide character for each code point. */
function mask(text: string, hideCharacter: string): string {
  let length = 0
  for (const _ of text) length++
  return hideCharacter.repeat(length)
}
