/** What became of a message. */
export type Fate = 'heard' | 'on its way' | 'delivered' | 'lost'

/** A message of a conversation. */
export interface Message {
  readonly id: number
  readonly text: string
  readonly isMine: boolean
  readonly fate: Fate
}

/** What was said with each buddy while this page is open, and what of it is not read. */
export class Conversations {
  readonly #messages = new Map<string, readonly Message[]>()
  readonly #unread = new Map<string, number>()
  #nextId = 1
  /** The name of the buddy whose conversation is open. */
  current: string | undefined

  /** In order. */
  with(name: string): readonly Message[] {
    return this.#messages.get(name) ?? []
  }

  unreadOf(name: string): number {
    return this.#unread.get(name) ?? 0
  }

  get unread(): number {
    return [...this.#unread.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Shows the conversation with a buddy; what he said counts as read. */
  open(name: string): void {
    this.current = name
    this.#unread.delete(name)
  }

  /** A buddy said something. */
  hear(name: string, text: string): void {
    this.#add(name, { text, isMine: false, fate: 'heard' })
    if (name !== this.current) this.#unread.set(name, this.unreadOf(name) + 1)
  }

  /** This user says something. @returns the number under which it is delivered, or lost */
  say(name: string, text: string): number {
    return this.#add(name, { text, isMine: true, fate: 'on its way' })
  }

  /** The server says that it was passed on. */
  deliver(name: string, id: number): void {
    this.#settle(name, id, 'delivered')
  }

  /** Nobody said so in time. @returns whether it had been on its way until now */
  lose(name: string, id: number): boolean {
    return this.#settle(name, id, 'lost')
  }

  /** The buddy is gone from the list. */
  forget(name: string): void {
    this.#messages.delete(name)
    this.#unread.delete(name)
    if (this.current === name) this.current = undefined
  }

  clear(): void {
    this.#messages.clear()
    this.#unread.clear()
    this.current = undefined
  }

  #add(name: string, message: Omit<Message, 'id'>): number {
    const id = this.#nextId++
    this.#messages.set(name, [...this.with(name), { id, ...message }])
    return id
  }

  #settle(name: string, id: number, fate: Fate): boolean {
    const waits = (message: Message) => message.id === id && message.fate === 'on its way'
    if (!this.with(name).some(waits)) return false
    this.#messages.set(
      name,
      this.with(name).map(message => (waits(message) ? { ...message, fate } : message)),
    )
    return true
  }
}
