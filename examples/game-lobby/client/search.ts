import { type MatchExpression, type Room, type RoomProperties, rooms, type SmartFox } from '@warren/client'

/** Which tables are shown. */
export type Filter = 'all' | 'free' | 'playing'

/** The group of all tables. */
export const GROUP = 'games'

/** What the server is asked for. */
export function expressionOf(filter: Filter, words: string): MatchExpression<RoomProperties> {
  const games = rooms().where('isTypeSFSGame', '==', true)
  const named = words === '' ? games : games.where('name', 'contains', words)
  switch (filter) {
    case 'all':
      return named
    case 'free':
      return freeSeats(named)
    case 'playing':
      return named.whereVariable('$GS', '==', true)
  }
}

/** Tables that anybody may sit down at. */
export function freeSeats(games: MatchExpression<RoomProperties> = rooms()): MatchExpression<RoomProperties> {
  return games.where('hasFreePlayerSlots', '==', true).where('isPrivate', '==', false)
}

/**
 * Keeps a list of tables that match. All of them this client knows anyway, since it is subscribed to their group; for
 * anything else it asks the server, which answers one search a second: what changes meanwhile is asked once.
 */
export class Search {
  readonly #sfs: SmartFox
  readonly #show: (tables: readonly Room[]) => void
  #filter: Filter = 'all'
  #words = ''
  #isAsking = false
  #isStale = false

  constructor(sfs: SmartFox, show: (tables: readonly Room[]) => void) {
    this.#sfs = sfs
    this.#show = show
  }

  set(filter: Filter, words: string): void {
    this.#filter = filter
    this.#words = words.trim()
    this.refresh()
  }

  /** Something changed, or may have. */
  refresh(): void {
    if (this.#filter === 'all' && this.#words === '') {
      this.#show(this.#sfs.rooms.filter(({ groupId, isGame }) => isGame && groupId === GROUP))
    } else if (this.#isAsking) this.#isStale = true
    else void this.#ask()
  }

  async #ask(): Promise<void> {
    this.#isAsking = true
    this.#isStale = false
    const expression = expressionOf(this.#filter, this.#words)
    const found = await this.#sfs.findRooms(expression, { group: GROUP, limit: 50 }).catch(() => undefined)
    this.#isAsking = false
    if (this.#isStale) this.refresh()
    else if (found !== undefined) this.#show(found)
  }
}
