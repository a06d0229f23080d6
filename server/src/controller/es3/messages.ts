import type { SFSObject } from '@warren/codec'
import { RequestError } from '../../errors.ts'
import type { Asker } from '../context.ts'
import { checkFlood } from '../filters.ts'
import { sayToRoom, sayToUser } from '../message.ts'
import type { Es3Services, Es3UserHandler } from './context.ts'
import { ownRoom } from './room-details.ts'
import { checkedText, paramsOf } from './texts.ts'

/** Users that one private message may go to. */
const MAX_RECIPIENTS = 64

/** To everybody in the room, the sender included: clients show nothing of their own. */
export const publicMessage: Es3UserHandler<'SendPublicMessage'> = ({ message, variables }, asker, services) =>
  sayToRoom(ownRoom(asker), checkedText(message), dataOf(variables), asker, services)

/** A move is a public message that says so in its variables; what is in it is the game's. */
export const publicMove: Es3UserHandler<'SendPublicMove'> = ({ message, moveType }, asker, services) =>
  sayToRoom(ownRoom(asker), checkedText(message), moveOf(moveType), asker, services)

/** To some users of the zone. Those who are there get it, whoever else was named. */
export const privateMessage: Es3UserHandler<'SendPrivateMessage'> = (
  { recipients, message, variables },
  asker,
  services,
) => sayToUsers(recipients, message, dataOf(variables), asker, services)

export const privateMove: Es3UserHandler<'SendPrivateMove'> = (
  { recipients, message, moveType },
  asker,
  services,
) => sayToUsers(recipients, message, moveOf(moveType), asker, services)

/** Each recipient counts as a message of its own, as it would be one in SFS2X. */
function sayToUsers(
  recipients: readonly string[],
  message: string,
  params: SFSObject | undefined,
  asker: Asker,
  services: Es3Services,
): undefined | Promise<undefined> {
  const names = new Set(recipients)
  if (names.size === 0) throw new RequestError('recipient-unknown')
  if (names.size > MAX_RECIPIENTS) throw new RequestError('too-many-recipients')
  const text = checkedText(message)
  let refusal: unknown
  const pending: Promise<undefined>[] = []
  const note = (error: unknown): undefined => {
    refusal ??= error
  }
  for (const [index, name] of [...names].entries()) {
    try {
      // The dispatcher has counted the first.
      if (index > 0) checkFlood('PrivateMessage', asker, services)
      const said = sayToUser(() => asker.zone.userByName(name), text, params, asker, services)
      if (said !== undefined) pending.push(said.catch(note))
    } catch (error) {
      note(error)
    }
  }
  const outcome = (): undefined => {
    if (refusal !== undefined) throw refusal
  }
  return pending.length === 0 ? outcome() : Promise.all(pending).then(outcome)
}

function dataOf(variables: readonly { readonly name: string; readonly data: string }[]) {
  return paramsOf(variables.map(({ name, data }) => ({ name, text: data })))
}

function moveOf(moveType: string) {
  return paramsOf([
    { name: 'Action', text: 'Move' },
    { name: 'MoveType', text: moveType },
  ])
}
