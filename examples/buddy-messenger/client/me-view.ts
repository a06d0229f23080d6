import type { BuddyList } from '@warren/client'
import { byId, element } from './dom.ts'
import { avatarOf, MOOD } from './presence.ts'

/** The choice beside the states of the zone. */
export const INVISIBLE = 'Invisible'

/** What the user tells of himself. */
export class MeView {
  onState: (state: string) => void = () => undefined
  onNickname: (nickname: string) => void = () => undefined
  onMood: (mood: string) => void = () => undefined
  readonly #state = byId('state', HTMLSelectElement)
  readonly #nickname = byId('nickname', HTMLInputElement)
  readonly #mood = byId('mood', HTMLInputElement)

  constructor() {
    this.#state.addEventListener('change', () => this.onState(this.#state.value))
    this.#nickname.addEventListener('change', () => this.onNickname(this.#nickname.value.trim()))
    this.#mood.addEventListener('change', () => this.onMood(this.#mood.value.trim()))
    for (const field of [this.#nickname, this.#mood]) {
      field.addEventListener('keydown', ({ key }) => {
        if (key === 'Enter') field.blur()
      })
    }
  }

  draw(name: string, list: BuddyList): void {
    const choices = [...list.states, INVISIBLE]
    if (this.#state.options.length !== choices.length) {
      this.#state.replaceChildren(...choices.map(choice => element('option', '', choice)))
    }
    const state = list.isOnline ? (list.state ?? '') : INVISIBLE
    this.#state.value = state
    byId('my-face', HTMLElement).replaceChildren(
      avatarOf(name, list.nickname || name, list.isOnline ? state : 'Offline'),
    )
    this.#nickname.placeholder = name
    // Who is writing is not disturbed.
    if (document.activeElement !== this.#nickname) this.#nickname.value = list.nickname ?? ''
    const mood = list.variables.get(MOOD)
    if (document.activeElement !== this.#mood) this.#mood.value = typeof mood === 'string' ? mood : ''
    for (const field of [this.#nickname, this.#mood]) field.disabled = !list.isOnline
  }
}
