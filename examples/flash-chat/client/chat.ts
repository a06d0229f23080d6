import { ElectroServer, type RoomObject } from '@warren/client/electroserver'
import { byId } from './dom.ts'
import {
  addMessage,
  addNotice,
  clearTranscript,
  offerFaces,
  showPeople,
  showRecipient,
  showRooms,
} from './room-view.ts'
import { ask, show, tell } from './screens.ts'

/** The chat of the book in TypeScript: Connecting, Login, Waiting, Chat. */
export class Chat {
  readonly #es = ElectroServer.getInstance()
  /** Whom the next message is for; empty for everybody. */
  #recipient = ''
  #isChatting = false

  constructor() {
    const es = this.#es
    es.onConnection = (success, error) => {
      if (success) this.#openLogin()
      else tell(error, { label: 'Connect again', go: () => this.connect() })
    }
    es.loggedIn = (success, error) => {
      if (success) this.#enterFirstRoom()
      else tell(error, { label: 'Back', go: () => this.#openLogin() })
    }
    es.roomJoined = ({ success, error }) => {
      if (success) this.#enterRoom()
      else if (this.#isChatting) addNotice(error, true)
      else tell(error, { label: 'Back', go: () => this.#openLogin() })
    }
    es.messageReceived = (type, message, from) => {
      if (type === 'private') addMessage(`${from} to you`, message, true)
      else addMessage(from, message, false)
    }
    es.userListUpdated = () => this.#showPeople()
    es.roomListUpdated = () => this.#showRooms()
    es.requestFailed = (_request, error) => addNotice(error, true)
    es.moderated = (what, reason) => this.#leave(`${what}: ${reason}`)
    es.connectionClosed = () => this.#leave('The connection was closed')
    byId('login', HTMLFormElement).onsubmit = event => this.#login(event)
    byId('say', HTMLFormElement).onsubmit = event => this.#say(event)
    byId('new-room', HTMLButtonElement).onclick = () => void this.#createRoom()
    offerFaces()
  }

  connect(): void {
    tell('Connecting...')
    this.#es.connect()
  }

  #openLogin(): void {
    this.#isChatting = false
    show('login')
  }

  #login(event: Event): void {
    event.preventDefault()
    const name = byId('name', HTMLInputElement).value.trim()
    const isFit = name.length > 2 && name.length < 15
    byId('login-hint', HTMLElement).classList.toggle('wrong', !isFit)
    if (!isFit) return
    tell('Waiting...')
    this.#es.login(name)
  }

  #enterFirstRoom(): void {
    const roomName = byId('room', HTMLInputElement).value.trim()
    const password = byId('password', HTMLInputElement).value
    this.#es.createRoom({ roomName, password })
  }

  #enterRoom(): void {
    if (!this.#isChatting) clearTranscript()
    this.#isChatting = true
    show('chatting')
    const name = this.#here
    byId('room-title', HTMLElement).textContent = name
    addNotice(`You are in ${name}.`)
    this.#talkTo('')
    this.#showRooms()
  }

  #leave(why: string): void {
    this.#isChatting = false
    tell(why, { label: 'Connect again', go: () => this.connect() })
  }

  #say(event: Event): void {
    event.preventDefault()
    const field = byId('text', HTMLInputElement)
    const text = field.value
    if (text === '') return
    field.value = ''
    if (this.#recipient === '') {
      this.#es.sendMessage('public', text)
    } else {
      this.#es.sendMessage('private', text, this.#recipient)
      addMessage(`${this.#es.username} to ${this.#recipient}`, text, true)
    }
  }

  async #goTo(room: RoomObject): Promise<void> {
    if (!room.attributes.PasswordProtected) {
      this.#es.joinRoom(room.label)
      return
    }
    const asked = await ask(`Password of ${room.label}`, 'Join', room.label)
    if (asked !== undefined) this.#es.joinRoom(room.label, asked.password)
  }

  async #createRoom(): Promise<void> {
    const asked = await ask('New room', 'Create')
    if (asked !== undefined && asked.name !== '')
      this.#es.createRoom({ roomName: asked.name, password: asked.password })
  }

  #talkTo(name: string): void {
    this.#recipient = name
    showRecipient(name)
    this.#showPeople()
    byId('text', HTMLInputElement).focus()
  }

  get #here(): string {
    return this.#es.getRoom()?.label ?? ''
  }

  #showRooms(): void {
    showRooms(this.#es.getRoomList(), this.#here, room => void this.#goTo(room))
  }

  #showPeople(): void {
    showPeople(this.#es.getUserList(), this.#es.username, this.#recipient, name => this.#talkTo(name))
  }
}
