import type { ZoneFilters } from './controller/zone-filters.ts'
import { FloodGuard } from './domain/filter/flood.ts'
import { WordOffences } from './domain/filter/offences.ts'
import { DEFAULT_WORD_FILTER } from './domain/filter/settings.ts'
import { compileWords, type WordFilter } from './domain/filter/words.ts'
import type { ZoneSettings, ZoneWordFilter } from './domain/settings.ts'
import { re2Engine } from './words/re2-engine.ts'

/**
 * The filters that the settings of a zone ask for.
 * @param language  words that are bad here whatever the zone has, as in zones of ElectroServer clients
 */
export function zoneFilters(
  { wordFilter, floodFilter }: ZoneSettings,
  language: WordFilter | undefined,
): ZoneFilters {
  return {
    words: wordFilters(wordFilter, language),
    floods: floodFilter.active ? new FloodGuard(floodFilter) : undefined,
  }
}

/** Without a filter of the zone's own, bad words are masked and have no consequences. */
function wordFilters(settings: ZoneWordFilter, language: WordFilter | undefined): ZoneFilters['words'] {
  if (settings.active) {
    const own = compileWords(settings.words, settings, re2Engine)
    const filter = language === undefined ? own : both(own, language)
    return { filter, offences: new WordOffences(settings) }
  }
  return language && { filter: language, offences: new WordOffences(DEFAULT_WORD_FILTER) }
}

function both(first: WordFilter, second: WordFilter): WordFilter {
  return {
    check(text) {
      const once = first.check(text)
      const twice = second.check(once.masked)
      return { masked: twice.masked, hits: once.hits + twice.hits }
    },
  }
}
