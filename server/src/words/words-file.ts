import { readFileSync } from 'node:fs'
import type { PatternEngine } from '../domain/filter/pattern-engine.ts'
import { plainWord, readPatterns } from '../domain/filter/patterns.ts'
import { re2Engine } from './re2-engine.ts'

/** A line of a words file that is not used. */
export interface WordProblem {
  /** Counted from 1. */
  readonly line: number
  readonly pattern: string
  /** Why, for the operator. */
  readonly message: string
}

/** The content of a words file. */
export interface WordList {
  /** Those that can be used, as `compileWords` takes them. */
  readonly patterns: readonly string[]
  readonly problems: readonly WordProblem[]
}

/** Reads the text of an SFS2X words file: a word or a regular expression for Java on each line, `#` for comments. */
export function parseWords(text: string, engine: PatternEngine = re2Engine): WordList {
  const patterns: string[] = []
  const problems: WordProblem[] = []
  for (const { line, pattern } of readPatterns(text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/))) {
    const message = plainWord(pattern) ? undefined : engine.problem(pattern)
    if (message === undefined) patterns.push(pattern)
    else problems.push({ line, pattern, message })
  }
  return { patterns, problems }
}

/** Reads a words file in UTF-8. @throws what the file system throws, such as `ENOENT` */
export function loadWords(path: string): WordList {
  return parseWords(readFileSync(path, 'utf8'))
}
