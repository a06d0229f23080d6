/** A word as an operator wrote it. */
export interface Word {
  readonly text: string
  readonly ignoreCase: boolean
}

/** A line of a words file that holds a pattern. */
export interface WordLine {
  /** Counted from 1. */
  readonly line: number
  readonly pattern: string
}

const IGNORING_CASE = /^\(\?i:(.*)\)$|^\(\?i\)(.*)$/s
/** Characters without a meaning of their own, and others made so by a backslash. */
const PLAIN = /^(?:[^\\^$.|?*+()[\]{}]|\\[^\sA-Za-z0-9_])+$/u

/** The patterns among the lines: all but blank lines and comments, which begin with `#`, without surrounding space. */
export function readPatterns(lines: readonly string[]): WordLine[] {
  return lines
    .map((line, index) => ({ line: index + 1, pattern: line.trim() }))
    .filter(({ pattern }) => pattern !== '' && !pattern.startsWith('#'))
}

/** The word that a pattern stands for; undefined when it takes a regular expression to find it. */
export function plainWord(pattern: string): Word | undefined {
  const match = IGNORING_CASE.exec(pattern)
  const body = match ? (match[1] ?? match[2] ?? '') : pattern
  if (!PLAIN.test(body)) return undefined
  return { text: body.replace(/\\(.)/gsu, '$1'), ignoreCase: match !== null }
}
