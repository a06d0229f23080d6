import { byId } from './dom.ts'

/** What the chat shows: a word to wait by, the login, or the room. */
export type Screen = 'message' | 'login' | 'chatting'

const SCREENS: readonly Screen[] = ['message', 'login', 'chatting']

/** Shows one screen and hides the others. */
export function show(screen: Screen): void {
  for (const id of SCREENS) byId(id, HTMLElement).hidden = id !== screen
}

/** A way on from a message. */
export interface WayOn {
  readonly label: string
  go(): void
}

/** Shows a message, and a way on if there is one. */
export function tell(text: string, on?: WayOn): void {
  byId('message-text', HTMLElement).textContent = text
  const button = byId('message-button', HTMLButtonElement)
  button.hidden = on === undefined
  if (on !== undefined) {
    button.textContent = on.label
    button.onclick = () => on.go()
  }
  show('message')
}

/** What somebody wrote into the dialog. */
export interface Asked {
  readonly name: string
  readonly password: string
}

/** Asks for a password, and for a name if none is given. @returns undefined when it was cancelled */
export function ask(title: string, go: string, name?: string): Promise<Asked | undefined> {
  const dialog = byId('ask', HTMLDialogElement)
  const nameField = byId('ask-name', HTMLInputElement)
  const passwordField = byId('ask-password', HTMLInputElement)
  byId('ask-title', HTMLElement).textContent = title
  byId('ask-go', HTMLElement).textContent = go
  byId('ask-name-row', HTMLElement).hidden = name !== undefined
  nameField.required = name === undefined
  nameField.value = ''
  passwordField.value = ''
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise(resolve => {
    dialog.onclose = () => {
      const answer = { name: name ?? nameField.value.trim(), password: passwordField.value }
      resolve(dialog.returnValue === 'go' ? answer : undefined)
    }
  })
}
