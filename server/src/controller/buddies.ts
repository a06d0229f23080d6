import { SFSType } from '@warren/codec'
import type { Buddies } from '../domain/buddies/buddies.ts'
import { type BuddyVariable, BuddyVariables } from '../domain/buddies/buddy.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { Asker, Services, UserHandler } from './context.ts'
import { maskedName } from './filters.ts'

/** Texts that others are shown. */
const SHOWN: ReadonlySet<string> = new Set([BuddyVariables.NICKNAME, BuddyVariables.STATE])

/** [P-6.17.4] The user's list, and from now on those of others have him. */
export const initBuddyList: UserHandler<'InitBuddyList'> = async (_fields, { user, zone }) => {
  if (zone.buddies === undefined) {
    throw new RequestError('buddy-list-unavailable', 'This zone has no buddy lists')
  }
  await zone.buddies.start(user)
  return undefined
}

/** [P-6.17.5] */
export const addBuddy: UserHandler<'AddBuddy'> = async ({ buddyName }, { user, zone }) => {
  await buddiesOf(zone).add(user, buddyName)
  return undefined
}

/** [P-6.17.6] */
export const blockBuddy: UserHandler<'BlockBuddy'> = async ({ buddyName, isBlocked }, { user, zone }) => {
  await buddiesOf(zone).block(user, buddyName, isBlocked)
  return undefined
}

/** [P-6.17.5] */
export const removeBuddy: UserHandler<'RemoveBuddy'> = async ({ buddyName }, { user, zone }) => {
  await buddiesOf(zone).remove(user, buddyName)
  return undefined
}

/** [P-6.17.7] */
export const setBuddyVariables: UserHandler<'SetBuddyVariables'> = async ({ variables }, asker, services) => {
  const buddies = buddiesOf(asker.zone)
  const { filterWords } = buddies.settings
  const changes = filterWords ? variables.map(variable => cleaned(variable, asker, services)) : variables
  await buddies.setVariables(asker.user, changes)
  return undefined
}

/** [P-6.17.8] */
export const goOnline: UserHandler<'GoOnline'> = async ({ isOnline }, { user, zone }) => {
  await buddiesOf(zone).setOnline(user, isOnline)
  return undefined
}

/** The buddy lists of a zone. @throws RequestError buddy-list-not-ready, where there are none */
export function buddiesOf(zone: Zone): Buddies {
  if (zone.buddies === undefined) throw new RequestError('buddy-list-not-ready')
  return zone.buddies
}

function cleaned({ name, value }: BuddyVariable, { zone }: Asker, services: Services): BuddyVariable {
  if (!SHOWN.has(name) || value.type !== SFSType.UTF_STRING) return { name, value }
  const masked = maskedName(zone.name, value.value, services)
  return { name, value: masked === undefined ? value : { type: SFSType.UTF_STRING, value: masked } }
}
