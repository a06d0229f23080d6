import type { FloodGuard } from '../domain/filter/flood.ts'
import type { WordOffences } from '../domain/filter/offences.ts'
import type { WordFilter } from '../domain/filter/words.ts'

/** The filters of one zone; each is there if the zone turned it on. */
export interface ZoneFilters {
  readonly words: { readonly filter: WordFilter; readonly offences: WordOffences } | undefined
  readonly floods: FloodGuard | undefined
}
