import type { Buddies } from '../../domain/buddies/buddies.ts'
import type { BuddyList } from '../../domain/buddies/buddy-list.ts'
import type { User } from '../../domain/user.ts'
import type { Zone } from '../../domain/zone.ts'
import { RequestError } from '../../errors.ts'
import type { Session } from '../../session/session.ts'
import type { Asker } from '../context.ts'
import type { Es3Services, Es3UserHandler } from './context.ts'

/** Of those who are there the client is told at once, by an event. */
export const addBuddy: Es3UserHandler<'AddBuddy'> = async ({ name }, asker) => {
  const { buddies } = await listOf(asker)
  await buddies.add(asker.user, userNamed(name, asker.zone))
  return { name: 'BuddyAdded', fields: {} }
}

export const removeBuddy: Es3UserHandler<'RemoveBuddy'> = async ({ name }, asker) => {
  const { buddies, list } = await listOf(asker)
  await buddies.remove(asker.user, buddyNamed(name, list))
  return { name: 'BuddyRemoved', fields: {} }
}

export const getBuddyList: Es3UserHandler<'GetBuddyList'> = async (_fields, asker) => {
  const { buddies, list } = await listOf(asker)
  const users = Array.from(list.buddies.keys(), name => ({
    isLoggedIn: buddies.sees(asker.user, name),
    name,
  }))
  return { name: 'BuddyList', fields: { users } }
}

/**
 * Loads the list of a user who came into a zone: from now on others see him. Clients of SFS2X ask for it; these have no
 * request that means it. Where the store cannot be reached the first request about buddies tries again.
 */
export function startBuddies(user: User, zone: Zone, session: Session, { onFault }: Es3Services): void {
  zone.buddies?.start(user).catch((error: unknown) => {
    if (!(error instanceof RequestError)) onFault('A buddy list could not be loaded', error, session)
  })
}

/** @throws RequestError buddy-list-unavailable, request-out-of-turn */
async function listOf({ user, zone }: Asker): Promise<{ buddies: Buddies; list: BuddyList }> {
  const { buddies } = zone
  if (buddies === undefined) {
    throw new RequestError('buddy-list-unavailable', 'This zone has no buddy lists')
  }
  if (buddies.listOf(user) === undefined) {
    // It may be loading since he came: then this is the second time, and waits for the first.
    await buddies.start(user).catch((error: unknown) => {
      if (buddies.listOf(user) === undefined) throw error
    })
  }
  const list = buddies.listOf(user)
  if (list === undefined) throw new RequestError('request-out-of-turn')
  return { buddies, list }
}

/** These clients take upper and lower case for the same; lists do not. */
function userNamed(name: string, zone: Zone): string {
  const [user] = zone.userByName(name) === undefined ? zone.usersNamedLike(name) : []
  return user?.name ?? name
}

function buddyNamed(name: string, list: BuddyList): string {
  if (list.has(name)) return name
  const wanted = name.toLowerCase()
  return [...list.buddies.keys()].find(each => each.toLowerCase() === wanted) ?? name
}
