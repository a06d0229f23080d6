import { buddyRequests, type SFSObject } from '@warren/codec'
import { given } from '../given.ts'
import type { Buddy } from '../mirror/buddy.ts'
import { type BuddyVariableInputs, variableRows } from '../mirror/variable-input.ts'
import { outgoing } from './outgoing.ts'
import { SFSRequest, type UserRef } from './request.ts'

/** A buddy, by himself or his name. */
export type BuddyRef = Buddy | string

/** The name of a buddy. */
export function nameOf(ref: BuddyRef): string {
  return typeof ref === 'string' ? ref : ref.name
}

/**
 * Loads the user's buddy list; those who have him on theirs see him from now on. Answered by `buddyListInit`, once in a
 * session [P-6.17.4].
 * @example
 * sfs.send(new InitBuddyListRequest())
 */
export class InitBuddyListRequest extends SFSRequest {
  constructor() {
    super(() => outgoing(buddyRequests, 'InitBuddyList', {}))
  }
}

/**
 * Adds somebody to the buddy list, there or not; answered by `buddyAdd` [P-6.17.5].
 * @example
 * sfs.send(new AddBuddyRequest('Bob'))
 */
export class AddBuddyRequest extends SFSRequest {
  constructor(buddyName: string) {
    super(() => outgoing(buddyRequests, 'AddBuddy', { buddyName }))
  }
}

/**
 * Blocks a buddy, or no longer; answered by `buddyBlock` [P-6.17.6].
 * @example
 * sfs.send(new BlockBuddyRequest('Bob', true))
 */
export class BlockBuddyRequest extends SFSRequest {
  constructor(buddy: BuddyRef, isBlocked: boolean) {
    super(() => outgoing(buddyRequests, 'BlockBuddy', { buddyName: nameOf(buddy), isBlocked }))
  }
}

/**
 * Takes a buddy off the list; answered by `buddyRemove` [P-6.17.5].
 * @example
 * sfs.send(new RemoveBuddyRequest('Bob'))
 */
export class RemoveBuddyRequest extends SFSRequest {
  constructor(buddy: BuddyRef) {
    super(() => outgoing(buddyRequests, 'RemoveBuddy', { buddyName: nameOf(buddy) }))
  }
}

/**
 * Sets or deletes what buddies see of the user; they, and he, hear `buddyVariablesUpdate` [P-6.17.7]. Variables whose
 * names begin with `$` are kept, and seen while he is away.
 * @example
 * sfs.send(new SetBuddyVariablesRequest({ $mood: 'fine', song: null }))
 */
export class SetBuddyVariablesRequest extends SFSRequest {
  constructor(variables: BuddyVariableInputs) {
    super(() => outgoing(buddyRequests, 'SetBuddyVariables', { variables: variableRows(variables) }))
  }
}

/**
 * Is seen by those who have the user on their lists, or not; answered by `buddyOnlineStateChange` [P-6.17.8].
 * @example
 * sfs.send(new GoOnlineRequest(false))
 */
export class GoOnlineRequest extends SFSRequest {
  constructor(isOnline: boolean) {
    super(() => outgoing(buddyRequests, 'GoOnline', { isOnline }))
  }
}

/**
 * Says something to a buddy who is there; both hear `buddyMessage` [P-6.17.9].
 * @example
 * sfs.send(new BuddyMessageRequest('Hello', bob))
 */
export class BuddyMessageRequest extends SFSRequest {
  /** @param recipient  the buddy, or his id as a user */
  constructor(message: string, recipient: Buddy | UserRef, params?: SFSObject) {
    super(() =>
      outgoing(buddyRequests, 'BuddyMessage', {
        recipientId: typeof recipient === 'number' ? recipient : recipient.id,
        message,
        ...given({ params }),
      }),
    )
  }
}
