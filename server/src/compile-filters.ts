import type { ZoneFilters } from './controller/zone-filters.ts'
import { FloodGuard } from './domain/filter/flood.ts'
import { WordOffences } from './domain/filter/offences.ts'
import { compileWords } from './domain/filter/words.ts'
import type { ZoneSettings } from './domain/settings.ts'
import { re2Engine } from './words/re2-engine.ts'

/** The filters that the settings of a zone ask for. */
export function zoneFilters({ wordFilter, floodFilter }: ZoneSettings): ZoneFilters {
  return {
    words: wordFilter.active
      ? {
          filter: compileWords(wordFilter.words, wordFilter, re2Engine),
          offences: new WordOffences(wordFilter),
        }
      : undefined,
    floods: floodFilter.active ? new FloodGuard(floodFilter) : undefined,
  }
}
