import type { Buddy, BuddyList } from '@warren/client'
import type { Conversations } from './conversations.ts'
import { byId, element } from './dom.ts'
import { avatarOf, calledOf, moodOf, stateOf } from './presence.ts'

/** The buddies, those who are there first, with what is not read. */
export class ListView {
  onOpen: (name: string) => void = () => undefined
  readonly #list = byId('buddies', HTMLElement)

  draw(list: BuddyList, conversations: Conversations): void {
    const sorted = [...list].toSorted(
      (a, b) => Number(b.isOnline) - Number(a.isOnline) || calledOf(a).localeCompare(calledOf(b)),
    )
    this.#list.replaceChildren(...sorted.map(buddy => this.#row(buddy, conversations)))
    byId('nobody', HTMLElement).hidden = list.size > 0
    const { unread } = conversations
    document.title = `${unread > 0 ? `(${unread}) ` : ''}Buddy Messenger · Warren`
  }

  #row(buddy: Buddy, conversations: Conversations): HTMLElement {
    const { name, isTemporary } = buddy
    const called = calledOf(buddy)
    const state = stateOf(buddy)
    const words = [state, isTemporary ? 'not on your list' : '', moodOf(buddy)].filter(word => word !== '')
    const unread = conversations.unreadOf(name)
    const open = element(
      'button',
      'buddy',
      avatarOf(name, called, state),
      element('span', 'who', element('strong', '', called), element('small', '', words.join(' · '))),
      ...(unread > 0 ? [element('span', 'badge', String(unread))] : []),
    )
    open.type = 'button'
    open.ariaLabel = `${called}, ${words.join(', ')}${unread > 0 ? `, ${unread} unread` : ''}`
    open.ariaCurrent = String(conversations.current === name)
    open.addEventListener('click', () => this.onOpen(name))
    return element('li', '', open)
  }
}
