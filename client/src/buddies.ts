import type { SFSObject } from '@warren/codec'
import type { Connection } from './connection.ts'
import type { SFSEventName, SFSEvents } from './events.ts'
import { type Buddy, ReservedBuddyVariables } from './mirror/buddy.ts'
import type { BuddyList } from './mirror/buddy-list.ts'
import type { BuddyVariableInputs } from './mirror/variable-input.ts'
import {
  AddBuddyRequest,
  BlockBuddyRequest,
  BuddyMessageRequest,
  type BuddyRef,
  GoOnlineRequest,
  InitBuddyListRequest,
  nameOf,
  RemoveBuddyRequest,
  SetBuddyVariablesRequest,
} from './requests/buddy-requests.ts'
import type { SFSRequest } from './requests/request.ts'

/**
 * What a client does with its buddy list. Pages without one do not load it. Each promise rejects with SFSError when the
 * server refuses or does not answer, and with TypeError for what cannot be asked: before `init`, or of somebody who is
 * not on the list.
 * @example
 * const buddies = new Buddies(sfs)
 * sfs.on('buddyMessage', ({ buddy, message }) => show(buddy?.name ?? 'I', message))
 * const list = await buddies.init()
 * const bob = await buddies.add('Bob')
 * if (bob.isOnline) buddies.tell(bob, 'Hello')
 */
export class Buddies {
  readonly #sfs: Connection

  /** @param sfs  the client; it may be connected later */
  constructor(sfs: Connection) {
    this.#sfs = sfs
  }

  /** The list as it is now. @throws TypeError before `init` */
  get list(): BuddyList {
    const { buddyList } = this.#sfs
    if (buddyList === undefined) throw new TypeError('Load the buddy list first, with init')
    return buddyList
  }

  /**
   * Loads the list, after a login; from now on the user is seen by those who have him on theirs.
   * @returns the list, which keeps itself up to date; rejects with SFSError 36 where there is none to be had
   * @example
   * for (const buddy of await buddies.init()) show(buddy.name, buddy.isOnline)
   */
  async init(): Promise<BuddyList> {
    if (this.#sfs.buddyList === undefined) {
      await this.#ask('buddyListInit', 200, new InitBuddyListRequest(), () => true)
    }
    return this.list
  }

  /**
   * Adds somebody, there or not. A temporary buddy stays from now on.
   * @returns the buddy; rejects with SFSError 37 when the list is full
   * @example
   * const bob = await buddies.add('Bob')
   */
  async add(name: string): Promise<Buddy> {
    const known = this.list.find(name)
    if (known?.isTemporary === false) return known
    if (name === '' || name === this.#sfs.mySelf?.name) throw new TypeError('Buddies are others, with a name')
    const isIt = (event: SFSEvents['buddyAdd']) => event.buddy.name === name && !event.buddy.isTemporary
    const { buddy } = await this.#ask('buddyAdd', 201, new AddBuddyRequest(name), isIt)
    return buddy
  }

  /**
   * Blocks a buddy: neither hears the other, and he does not see the user. He is not told.
   * @example
   * await buddies.block('Bob')
   */
  async block(buddy: BuddyRef): Promise<void> {
    await this.#setBlocked(buddy, true)
  }

  /**
   * Ends that.
   * @example
   * await buddies.unblock('Bob')
   */
  async unblock(buddy: BuddyRef): Promise<void> {
    await this.#setBlocked(buddy, false)
  }

  /**
   * Takes somebody off the list.
   * @example
   * await buddies.remove('Bob')
   */
  async remove(buddy: BuddyRef): Promise<void> {
    const { name } = this.#known(buddy)
    await this.#ask(
      'buddyRemove',
      203,
      new RemoveBuddyRequest(name),
      ({ buddy: removed }) => removed.name === name,
    )
  }

  /**
   * Sets or deletes what buddies see of the user, who has to be online. Variables whose names begin with `$` are kept,
   * and seen while he is away.
   * @throws TypeError, as a rejection, for what no variable can hold; SFSError 39 for more than the zone allows
   * @example
   * await buddies.setVariables({ $mood: 'fine', song: null })
   */
  async setVariables(variables: BuddyVariableInputs): Promise<void> {
    if (!this.list.isOnline) throw new TypeError('Go online first')
    await this.#ask(
      'buddyVariablesUpdate',
      204,
      new SetBuddyVariablesRequest(variables),
      ({ isItMe }) => isItMe,
    )
  }

  /**
   * Sets how the user calls himself; null for nothing special.
   * @example
   * await buddies.setNickname('Captain')
   */
  async setNickname(nickname: string | null): Promise<void> {
    await this.setVariables({ [ReservedBuddyVariables.BV_NICKNAME]: nickname })
  }

  /**
   * Sets what the user says of himself; `list.states` are what the zone offers.
   * @example
   * await buddies.setState('Away')
   */
  async setState(state: string): Promise<void> {
    await this.setVariables({ [ReservedBuddyVariables.BV_STATE]: state })
  }

  /**
   * Is seen by those who have the user on their lists, or not. It is kept: who went offline is so at his next visit.
   * @example
   * await buddies.goOnline(false)
   */
  async goOnline(isOnline = true): Promise<void> {
    if (this.list.isOnline === isOnline) return
    await this.#ask(
      'buddyOnlineStateChange',
      205,
      new GoOnlineRequest(isOnline),
      ({ isItMe }) => isItMe && this.list.isOnline === isOnline,
    )
  }

  /**
   * Says something to a buddy. Both hear `buddyMessage`; nobody does when he is blocked, or blocks the user.
   * @throws TypeError when he is not on the list, or away
   * @example
   * buddies.tell(bob, 'Hello')
   */
  tell(buddy: BuddyRef, message: string, params?: SFSObject): void {
    const recipient = this.#known(buddy)
    if (!recipient.isOnline) throw new TypeError(`${recipient.name} is away`)
    this.#sfs.send(new BuddyMessageRequest(message, recipient, params))
  }

  async #setBlocked(ref: BuddyRef, isBlocked: boolean): Promise<void> {
    const { name } = this.#known(ref)
    await this.#ask(
      'buddyBlock',
      202,
      new BlockBuddyRequest(name, isBlocked),
      ({ buddy }) => buddy.name === name && buddy.isBlocked === isBlocked,
    )
  }

  #known(ref: BuddyRef): Buddy {
    const name = nameOf(ref)
    const buddy = this.list.find(name)
    if (buddy === undefined) throw new TypeError(`${name} is not on the buddy list`)
    return buddy
  }

  #ask<N extends SFSEventName>(
    event: N,
    action: number,
    request: SFSRequest,
    isAnswer: (event: SFSEvents[N]) => boolean,
  ): Promise<SFSEvents[N]> {
    return this.#sfs.ask(event, request, isAnswer, [action])
  }
}
