/** Part of a text, in UTF-16 units; `end` is not part of it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Several regular expressions, ready to use. */
export interface PatternSet {
  /** Indexes of the patterns that occur anywhere in the text. */
  occurring(text: string): readonly number[]
  /** Whether one of the patterns matches the text from end to end. */
  matchesWhole(text: string): boolean
  /** The first place at or after `from`, and there the longest, where the pattern at `index` matches. */
  find(index: number, text: string, from: number): Span | undefined
  /** Size of the pattern at `index`: a `find` takes time proportional to this and to the text. */
  size(index: number): number
}

/**
 * Regular expressions from operators. Whatever the pattern, the time of each call is linear in the text, so no
 * backtracking engine can implement this.
 */
export interface PatternEngine {
  /** Why a pattern cannot be used, for the operator; undefined when it can. */
  problem(pattern: string): string | undefined
  /** @throws Error for a pattern that has a {@link problem}. */
  compile(patterns: readonly string[]): PatternSet
}
