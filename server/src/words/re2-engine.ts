import { RE2JS, RE2Set } from 're2js'
import type { PatternEngine, PatternSet, Span } from '../domain/filter/pattern-engine.ts'
import { fromJava } from './java-pattern.ts'

/** Steps of a compiled pattern; more would make each character of a text too dear. */
const MAX_SIZE = 500
/** Patterns that one automaton looks for: with many more it would need more states than it keeps, and be slow. */
const GROUP = 32
/** Bytes of states that one automaton keeps. */
const GROUP_MEMORY = 1024 * 1024
/** Texts that show whether a pattern matches nothing at all somewhere. */
const PROBES = ['', 'a', ' a', 'a b\n.']

/** Regular expressions written for Java, matched by an automaton instead of by trying. */
export const re2Engine: PatternEngine = {
  problem(pattern) {
    try {
      compileOne(pattern)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
    }
  },

  compile(patterns) {
    return new Re2Patterns(patterns)
  },
}

function compileOne(pattern: string): RE2JS {
  const compiled = RE2JS.compile(fromJava(pattern), RE2JS.LONGEST_MATCH)
  if (compiled.programSize() > MAX_SIZE) {
    throw new Error(`too large: ${compiled.programSize()} steps, more than ${MAX_SIZE}`)
  }
  if (PROBES.some(text => matchesNothing(compiled, text))) throw new Error('matches the empty text')
  return compiled
}

function matchesNothing(pattern: RE2JS, text: string): boolean {
  const matcher = pattern.matcher(text)
  while (matcher.find()) if (matcher.start() === matcher.end()) return true
  return false
}

class Re2Patterns implements PatternSet {
  readonly #patterns: readonly RE2JS[]
  #anywhere: readonly RE2Set[] | undefined
  #whole: readonly RE2Set[] | undefined

  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.map(pattern => {
      try {
        return compileOne(pattern)
      } catch (error) {
        throw new Error(`pattern ${pattern} cannot be used`, { cause: error })
      }
    })
  }

  occurring(text: string): readonly number[] {
    this.#anywhere ??= groups(this.#patterns, RE2Set.UNANCHORED)
    return this.#anywhere.flatMap((group, i) => group.match(text).map(index => i * GROUP + index))
  }

  matchesWhole(text: string): boolean {
    this.#whole ??= groups(this.#patterns, RE2Set.ANCHOR_BOTH)
    return this.#whole.some(group => group.match(text).length > 0)
  }

  find(index: number, text: string, from: number): Span | undefined {
    const matcher = this.#patterns[index]?.matcher(text)
    return matcher?.find(from) ? { start: matcher.start(), end: matcher.end() } : undefined
  }

  size(index: number): number {
    return this.#patterns[index]?.programSize() ?? 0
  }
}

function groups(patterns: readonly RE2JS[], anchor: number): RE2Set[] {
  return Array.from({ length: Math.ceil(patterns.length / GROUP) }, (_, i) => {
    const set = new RE2Set(anchor, 0, GROUP_MEMORY)
    for (const pattern of patterns.slice(i * GROUP, (i + 1) * GROUP)) set.add(pattern.pattern())
    return set
  })
}
