import { loadWords, parseWords, type WordProblem } from '../words/words-file.ts'
import { type ConfigProblem, error, warning } from './problem.ts'
import { shortPath, type ZoneSource } from './zone-files.ts'

/**
 * Reads the words of a zone's filter, those of its file first. A filter that is off reads nothing. Lines of the file
 * that cannot be used are passed over with a warning.
 * @param beside  finds a file that the zone names
 */
export function readZoneWords(
  source: ZoneSource,
  beside: (path: string) => string,
  cwd: string,
  problems: ConfigProblem[],
): ZoneSource {
  const { file, zone } = source
  const { wordFilter } = zone
  if (!wordFilter.active) return source
  const inline = wordFilter.words.flatMap((word, index) => {
    const { patterns, problems: wrong } = parseWords(word)
    for (const problem of wrong) problems.push(error(file, `wordFilter.words[${index}]`, sentence(problem)))
    return patterns
  })
  const words = [...wordsOfFile(source, beside, cwd, problems), ...inline]
  if (words.length === 0) {
    const effect = wordFilter.mode === 'whitelist' ? 'every word is bad' : 'no word is bad'
    problems.push(warning(file, 'wordFilter', `is active without a list, so that ${effect}`))
  }
  return { file, zone: { ...zone, wordFilter: { ...wordFilter, words } } }
}

function wordsOfFile(
  { file, zone }: ZoneSource,
  beside: (path: string) => string,
  cwd: string,
  problems: ConfigProblem[],
): readonly string[] {
  const { wordsFile } = zone.wordFilter
  if (wordsFile === '') return []
  const path = beside(wordsFile)
  try {
    const list = loadWords(path)
    for (const problem of list.problems) {
      problems.push(warning(shortPath(path, cwd), `line ${problem.line}`, sentence(problem)))
    }
    return list.patterns
  } catch {
    problems.push(error(file, 'wordFilter.wordsFile', `${path} cannot be read`))
    return []
  }
}

function sentence({ pattern, message }: WordProblem): string {
  return `${JSON.stringify(pattern)} cannot be used: ${message}`
}
