import { type SFSObject, SFSType } from '@warren/codec'
import { RequestError } from '../../errors.ts'
import type { Emit, Visit } from '../event.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import type { User } from '../user.ts'
import {
  AWAY,
  type Buddy,
  BuddyState,
  type BuddyVariable,
  BuddyVariables,
  type BuddyView,
  outlivesVisits,
} from './buddy.ts'
import { BuddyList, type BuddyMap, checkBuddyVariables, storedList, type VariableMap } from './buddy-list.ts'
import type { BuddyStore } from './buddy-store.ts'
import { OneByOne } from './one-by-one.ts'
import type { BuddySettings } from './settings.ts'
import { Watchers } from './watchers.ts'

/** What buddy lists need of their zone. */
export interface BuddyZone {
  readonly name: string
  readonly settings: { readonly guestUserNamePrefix: string }
  readonly emit: Emit
  user(id: number): User | undefined
}

/** Variables of users who are away, by their names. */
type KeptVariables = ReadonlyMap<string, readonly BuddyVariable[]>

const NOTHING_KEPT: KeptVariables = new Map()

/**
 * The buddy lists of a zone [P-6.17]. A change is told once the store has it; changes of one list are made one after
 * the other. All methods that wait throw `buddy-list-not-ready` before `start`, `buddy-list-unavailable` when the
 * store cannot be reached, and `request-out-of-turn` when the user is gone meanwhile.
 */
export class Buddies {
  readonly settings: BuddySettings
  readonly #zone: BuddyZone
  readonly #store: BuddyStore
  /** Of users who are in the zone, by their names. */
  readonly #lists = new Map<string, BuddyList>()
  readonly #watchers = new Watchers()
  readonly #turns = new OneByOne()

  constructor(settings: BuddySettings, zone: BuddyZone, store: BuddyStore) {
    this.settings = settings
    this.#zone = zone
    this.#store = store
  }

  /** The list of a user; undefined before `start`. */
  listOf(user: User): BuddyList | undefined {
    const list = this.#lists.get(user.name)
    return list?.owner === user ? list : undefined
  }

  /** Whether somebody of that name is there in the eyes of another: seen, and not blocking him. */
  sees(viewer: User, name: string): boolean {
    const other = this.#lists.get(name)
    return other?.isOnline === true && !other.blocks(viewer.name)
  }

  /** Loads the list of a user; from now on he is seen. @throws RequestError buddy-list-unchanged, the second time */
  start(user: User): Promise<void> {
    return this.#turns.run(user.name, async () => {
      if (this.listOf(user) !== undefined) throw new RequestError('buddy-list-unchanged')
      const stored = this.#isKept(user)
        ? await this.#ask(() => this.#store.load(this.#zone.name, user.name))
        : undefined
      const list = new BuddyList(user, stored)
      const kept = await this.#keptVariables([...list.buddies.keys()])
      if (this.#zone.user(user.id) !== user) throw new RequestError('request-out-of-turn')
      this.#lists.set(user.name, list)
      this.#watchers.addAll(list)
      this.#tellStart(list, kept)
      const [state] = this.settings.states
      if (stored === undefined && state !== undefined) this.#beginWith(list, state)
    })
  }

  /** @throws RequestError buddy-not-addable, buddy-list-unchanged, buddy-list-full */
  add(user: User, name: string): Promise<void> {
    return this.#change(user, async list => {
      checkName(list, name)
      const before = list.buddies.get(name)
      if (before?.isTemporary === false) throw new RequestError('buddy-list-unchanged')
      if (this.#isFull(list)) throw new RequestError('buddy-list-full', String(this.settings.maxBuddies))
      const buddy: Buddy = { name, isBlocked: before?.isBlocked ?? false, isTemporary: false }
      const kept = await this.#keptVariables([name])
      await this.#keep(list, list.with(buddy), list.variables)
      list.buddies.set(name, buddy)
      this.#watchers.add(name, list)
      this.#zone.emit({ type: 'buddy-added', user, buddy: this.#view(list, buddy, kept) })
    })
  }

  /**
   * Who is blocked stays, for good if he was there for a while only, as long as the list has room.
   * @throws RequestError buddy-unknown
   */
  block(user: User, name: string, isBlocked: boolean): Promise<void> {
    return this.#change(user, async list => {
      const before = buddyOn(list, name)
      const stays = isBlocked && !this.#isFull(list)
      const buddy: Buddy = { name, isBlocked, isTemporary: before.isTemporary && !stays }
      const kept = isBlocked ? NOTHING_KEPT : await this.#keptVariables([name])
      await this.#keep(list, list.with(buddy), list.variables)
      list.buddies.set(name, buddy)
      if (isBlocked && !before.isBlocked && list.isOnline) list.stillSeenBy.add(name)
      const view = isBlocked ? undefined : this.#view(list, buddy, kept)
      this.#zone.emit({ type: 'buddy-blocked', user, name, isBlocked, buddy: view })
      if (before.isBlocked && !isBlocked) this.#appear(list, name)
    })
  }

  /** @throws RequestError buddy-unknown */
  remove(user: User, name: string): Promise<void> {
    return this.#change(user, async list => {
      const before = buddyOn(list, name)
      if (!before.isTemporary) await this.#keep(list, list.without(name), list.variables)
      list.buddies.delete(name)
      this.#watchers.remove(name, list)
      this.#zone.emit({ type: 'buddy-removed', user, name })
      if (before.isBlocked) this.#appear(list, name)
    })
  }

  /**
   * Sets and deletes variables of a user, who has to be seen [observed].
   * @throws RequestError variables-invalid, buddy-away, too-many-buddy-variables
   */
  setVariables(user: User, changes: readonly BuddyVariable[]): Promise<void> {
    return this.#change(user, async list => {
      checkBuddyVariables(changes)
      if (!list.isOnline) throw new RequestError('buddy-away')
      const variables = list.changed(changes, this.settings)
      if (changes.some(({ name }) => outlivesVisits(name))) await this.#keep(list, list.buddies, variables)
      list.variables = variables
      this.#tellVariables(list, changes, true)
    })
  }

  /** Whether a user is to be seen. @throws RequestError buddy-list-unchanged */
  setOnline(user: User, isOnline: boolean): Promise<void> {
    return this.#change(user, async list => {
      if (list.isOnline === isOnline) throw new RequestError('buddy-list-unchanged')
      const variables = new Map(list.variables).set(BuddyVariables.ONLINE, {
        name: BuddyVariables.ONLINE,
        value: { type: SFSType.BOOL, value: isOnline },
      })
      await this.#keep(list, list.buddies, variables)
      list.variables = variables
      this.#tellState(list, isOnline ? BuddyState.ONLINE : BuddyState.OFFLINE, true)
      // Who came while he was not seen knows no others.
      if (isOnline) this.#tellVariables(list, list.volatileVariables, false)
    })
  }

  /**
   * Whether a message would arrive: between two who are seen, neither of whom blocks the other.
   * @throws RequestError buddy-list-not-ready, buddy-unknown, buddy-blocked, buddy-away
   */
  checkMessage(
    sender: User,
    recipient: User | undefined,
  ): { readonly from: BuddyList; readonly to: BuddyList } {
    const from = this.#ready(sender)
    if (recipient === undefined) throw new RequestError('recipient-unknown')
    buddyOn(from, recipient.name)
    const to = this.listOf(recipient)
    if (to === undefined || !to.isOnline) throw new RequestError('buddy-away')
    if (from.blocks(recipient.name) || to.blocks(sender.name)) throw new RequestError('buddy-blocked')
    return { from, to }
  }

  /** To a buddy; the sender hears it too [P-6.17.4]. @throws RequestError as `checkMessage`, message-empty */
  sendMessage(sender: User, recipient: User | undefined, text: string, params: SFSObject | undefined): void {
    const { to } = this.checkMessage(sender, recipient)
    if (text === '') throw new RequestError('message-empty')
    if (!to.has(sender.name)) this.#introduce(to, sender)
    this.#zone.emit({ type: 'buddy-message', sender, recipient: to.owner, text, params })
  }

  /** The user left the zone. */
  forget(user: User): void {
    const list = this.listOf(user)
    if (list === undefined) return
    this.#lists.delete(user.name)
    this.#watchers.removeAll(list)
    this.#tellState(list, BuddyState.GONE, false)
  }

  #isFull(list: BuddyList): boolean {
    return list.count(false) >= this.settings.maxBuddies
  }

  #ready(user: User): BuddyList {
    const list = this.listOf(user)
    if (list === undefined) throw new RequestError('buddy-list-not-ready')
    return list
  }

  #change(user: User, work: (list: BuddyList) => Promise<void>): Promise<void> {
    return this.#turns.run(user.name, async () => work(this.#ready(user)))
  }

  /** Guests get each other's names: what one leaves behind is not for the next. */
  #isKept(user: User): boolean {
    return !user.name.startsWith(this.#zone.settings.guestUserNamePrefix)
  }

  /** What a list is to be, before anybody is told that it is so. */
  async #keep(list: BuddyList, buddies: BuddyMap, variables: VariableMap): Promise<void> {
    if (this.#isKept(list.owner)) {
      const stored = storedList(buddies.values(), variables.values(), this.settings.offlineVariables)
      await this.#ask(() => this.#store.save(this.#zone.name, list.owner.name, stored))
    }
    if (this.listOf(list.owner) !== list) throw new RequestError('request-out-of-turn')
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question()
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      throw new RequestError('buddy-list-unavailable', 'The database cannot be reached')
    }
  }

  /** The variables of those who are away. Somebody may come or go while the store is asked. */
  async #keptVariables(names: readonly string[]): Promise<KeptVariables> {
    const kept = new Map<string, readonly BuddyVariable[]>()
    if (!this.settings.offlineVariables) return kept
    for (;;) {
      const missing = names.filter(name => !this.#lists.has(name) && !kept.has(name))
      if (missing.length === 0) return kept
      const found = await this.#ask(() => this.#store.variablesOf(this.#zone.name, missing))
      for (const name of missing) kept.set(name, found.get(name) ?? [])
    }
  }

  /** A buddy as the owner of a list sees him. Who blocks the owner is away in his eyes. */
  #view(list: BuddyList, buddy: Buddy, kept: KeptVariables): BuddyView {
    const other = this.#lists.get(buddy.name)
    if (other === undefined) return { ...buddy, id: AWAY, variables: kept.get(buddy.name) ?? [] }
    if (this.sees(list.owner, buddy.name)) {
      return { ...buddy, id: other.owner.id, variables: [...other.variables.values()] }
    }
    return { ...buddy, id: AWAY, variables: this.settings.offlineVariables ? other.offlineVariables : [] }
  }

  #tellStart(list: BuddyList, kept: KeptVariables): void {
    this.#zone.emit({
      type: 'buddy-list-ready',
      user: list.owner,
      buddies: Array.from(list.buddies.values(), buddy => this.#view(list, buddy, kept)),
      variables: [...list.variables.values()],
      states: this.settings.states,
    })
    if (list.isOnline) this.#tellState(list, BuddyState.ONLINE, false)
  }

  /** The state of somebody who never had a list. It is kept when something else is. */
  #beginWith(list: BuddyList, state: string): void {
    const variable = {
      name: BuddyVariables.STATE,
      value: { type: SFSType.UTF_STRING, value: state },
    } as const
    list.variables = new Map(list.variables).set(variable.name, variable)
    this.#tellVariables(list, [variable], true)
  }

  /** Somebody has another one on his list for the time being, as far as there is room. */
  #introduce(list: BuddyList, stranger: User): void {
    const { temporaryBuddies, maxBuddies } = this.settings
    if (!temporaryBuddies || list.count(true) >= maxBuddies) return
    const buddy: Buddy = { name: stranger.name, isBlocked: false, isTemporary: true }
    list.buddies.set(buddy.name, buddy)
    this.#watchers.add(buddy.name, list)
    const view = this.#view(list, buddy, NOTHING_KEPT)
    this.#zone.emit({ type: 'buddy-added', user: list.owner, buddy: view })
  }

  /** Somebody who was blocked learns what he missed. */
  #appear(list: BuddyList, name: string): void {
    list.stillSeenBy.delete(name)
    const other = this.#lists.get(name)
    if (!list.isOnline || other === undefined || !other.has(list.owner.name)) return
    const forEachViewer = (visit: Visit) => visit(other.owner)
    this.#zone.emit({
      type: 'buddy-state-changed',
      owner: list.owner,
      state: BuddyState.ONLINE,
      forEachViewer,
    })
    const changes = [...list.variables.values()]
    if (changes.length === 0 || other.blocks(list.owner.name)) return
    this.#zone.emit({ type: 'buddy-variables-changed', owner: list.owner, changes, forEachViewer })
  }

  #tellState(list: BuddyList, state: BuddyState, isToldSelf: boolean): void {
    const { owner, stillSeenBy } = list
    if (state !== BuddyState.ONLINE) list.stillSeenBy = new Set()
    const forEachViewer = (visit: Visit) => {
      for (const viewer of this.#watchers.of(owner.name)) {
        const { name } = viewer.owner
        const mayKnow = !list.blocks(name) || (state !== BuddyState.ONLINE && stillSeenBy.has(name))
        if (mayKnow) visit(viewer.owner)
      }
      if (isToldSelf) visit(owner)
    }
    this.#zone.emit({ type: 'buddy-state-changed', owner, state, forEachViewer })
  }

  #tellVariables(list: BuddyList, changes: readonly BuddyVariable[], isToldSelf: boolean): void {
    if (changes.length === 0) return
    const { owner } = list
    const forEachViewer = (visit: Visit) => {
      if (list.isOnline) {
        for (const viewer of this.#watchers.of(owner.name)) {
          if (!list.blocks(viewer.owner.name) && !viewer.blocks(owner.name)) visit(viewer.owner)
        }
      }
      if (isToldSelf) visit(owner)
    }
    this.#zone.emit({ type: 'buddy-variables-changed', owner, changes, forEachViewer })
  }
}

/** The longest name of a user, in characters. */
const MAX_NAME = 1000

function checkName(list: BuddyList, name: string): void {
  if (name === '' || name.length > MAX_NAME || name === list.owner.name) {
    throw new RequestError('buddy-not-addable')
  }
}

function buddyOn(list: BuddyList, name: string): Buddy {
  const buddy = list.buddies.get(name)
  if (buddy === undefined) throw new RequestError('buddy-unknown')
  return buddy
}
