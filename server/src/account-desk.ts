import { AccountAssistants, type AccountSurroundings } from './accounts/assistants.ts'
import { createMailer } from './accounts/create-mailer.ts'
import { SERVER_COST } from './accounts/hashing.ts'
import { SealingKeys } from './accounts/sealing.ts'
import { systemCalendar } from './clock.ts'
import type { ServerConfig } from './config/config.ts'
import { lineOf } from './controller/encryption.ts'
import { dismiss } from './controller/sentence.ts'
import type { ZoneFilters } from './controller/zone-filters.ts'
import type { CoreParts } from './core-options.ts'
import { DisconnectReason } from './domain/event.ts'
import type { Zones } from './domain/zones.ts'
import type { ExtensionHost } from './extension/host.ts'
import type { Departures } from './session/departures.ts'
import type { Sessions } from './session/sessions.ts'
import type { Store } from './store/store.ts'
import type { WriteBehind } from './store/write-behind.ts'

/** What accounts get on a server with sockets and a database. */
export function accountSurroundings(
  { accountKeys, mail }: ServerConfig,
  { accounts }: Store,
  writeBehind: WriteBehind,
): AccountSurroundings {
  return {
    store: accounts,
    cost: SERVER_COST,
    keys: accountKeys === undefined ? undefined : SealingKeys.read(accountKeys),
    mailer: mail === undefined ? undefined : createMailer(mail, systemCalendar),
    writeLater: (key, write) => writeBehind.add(key, write),
  }
}

/** Parts of the core that accounts ask; zones and filters are there by the time anybody does. */
interface Around {
  readonly sessions: Sessions
  readonly extensions: ExtensionHost
  readonly departures: Departures
  zones(): Zones
  filters(): ReadonlyMap<string, ZoneFilters>
}

/** The assistants of a server, with what they ask of the rest of it. */
export function accountAssistants(parts: CoreParts, around: Around): AccountAssistants {
  const { accounts, counters, log } = parts
  const { sessions, extensions } = around
  return new AccountAssistants(accounts, {
    ...parts,
    refuse: reason => counters.refuse(reason),
    onMailFailure: error => {
      counters.faults++
      log.error({ err: error }, 'A mail to the owner of an account was not sent')
    },
    lineOf: user => lineOf(sessions.ofUser(user.id)),
    hasBadWords: (zone, name) => {
      const isFiltered = around.zones().zone(zone)?.settings.wordFilter.filterUserNames ?? false
      const checked = isFiltered ? around.filters().get(zone)?.words?.filter.check(name) : undefined
      return checked !== undefined && checked.hits > 0
    },
    ask: async (name, application) => {
      const zone = around.zones().zone(name)
      if (zone !== undefined) await extensions.askSignUp(zone, application)
    },
    tell: (name, event, account) => {
      const zone = around.zones().zone(name)
      if (zone === undefined) return
      extensions.announce(event, { account }, zone, [])
      extensions.drain()
    },
    sendAway: (reason, isMeant) => {
      for (const zone of around.zones()) {
        const meant = [...zone.users].filter(user => isMeant(user, zone.settings))
        for (const user of meant)
          dismiss(user, zone, 0, DisconnectReason.KICK, { ...parts, ...around }, reason)
      }
    },
  })
}
