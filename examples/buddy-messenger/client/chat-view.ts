import type { Buddy } from '@warren/client'
import type { Message } from './conversations.ts'
import { byId, element } from './dom.ts'
import { avatarOf, calledOf, moodOf, stateOf } from './presence.ts'

/** What is asked of the buddy whose conversation is open. */
export type Action = 'keep' | 'block' | 'unblock' | 'remove'

const ACTIONS: readonly Action[] = ['keep', 'block', 'unblock', 'remove']

/** The conversation that is open. */
export class ChatView {
  onSay: (text: string) => void = () => undefined
  onAction: (action: Action) => void = () => undefined
  onBack: () => void = () => undefined
  readonly #messages = byId('messages', HTMLElement)
  readonly #field = byId('words', HTMLInputElement)
  readonly #buttons: Readonly<Record<Action, HTMLButtonElement>>

  constructor() {
    const buttonOf = (action: Action) => byId(action, HTMLButtonElement)
    this.#buttons = {
      keep: buttonOf('keep'),
      block: buttonOf('block'),
      unblock: buttonOf('unblock'),
      remove: buttonOf('remove'),
    }
    for (const action of ACTIONS) this.#buttons[action].addEventListener('click', () => this.onAction(action))
    byId('back', HTMLButtonElement).addEventListener('click', () => this.onBack())
    byId('say', HTMLFormElement).addEventListener('submit', event => {
      event.preventDefault()
      const text = this.#field.value.trim()
      if (text !== '') this.onSay(text)
      this.#field.value = ''
    })
  }

  /** Without a buddy no conversation is open. */
  draw(buddy: Buddy | undefined, messages: readonly Message[], isMeOnline: boolean): void {
    document.body.dataset.chat = String(buddy !== undefined)
    if (buddy === undefined) return
    const called = calledOf(buddy)
    byId('face', HTMLElement).replaceChildren(avatarOf(buddy.name, called, stateOf(buddy)))
    byId('called', HTMLElement).textContent = called
    const words = [called === buddy.name ? '' : buddy.name, stateOf(buddy), moodOf(buddy)]
    byId('about', HTMLElement).textContent = words.filter(word => word !== '').join(' · ')
    this.#buttons.keep.hidden = !buddy.isTemporary
    this.#buttons.block.hidden = buddy.isBlocked
    this.#buttons.unblock.hidden = !buddy.isBlocked
    const obstacle = obstacleOf(buddy, isMeOnline)
    this.#field.disabled = obstacle !== undefined
    this.#field.placeholder = obstacle ?? `Write to ${called}`
    this.#drawMessages(messages)
  }

  /** Ready to be written into. */
  focus(): void {
    this.#field.focus()
  }

  #drawMessages(messages: readonly Message[]): void {
    this.#messages.replaceChildren(...messages.map(elementOf))
    this.#messages.scrollTop = this.#messages.scrollHeight
  }
}

function elementOf({ text, isMine, fate }: Message): HTMLElement {
  const bubble = element('li', isMine ? 'message mine' : 'message', element('span', '', text))
  bubble.dataset.fate = fate
  if (fate === 'lost') bubble.append(element('small', '', 'Not delivered'))
  return bubble
}

/** Why nothing can be said to a buddy, if nothing can. */
function obstacleOf(buddy: Buddy, isMeOnline: boolean): string | undefined {
  const called = calledOf(buddy)
  if (buddy.isBlocked) return `You blocked ${called}: neither of you hears the other.`
  if (!isMeOnline) return 'You are invisible: go online to write.'
  return buddy.isOnline ? undefined : `${called} is not there.`
}
