import { Conversation } from './conversation.js'
import { avatar, byId, byIdAs, element, replaceRows } from './dom.js'

/** @typedef {import('./client.js').ChatClient} ChatClient */
/** @typedef {import('./client.js').ChatEvents} ChatEvents */
/** @typedef {import('./client.js').Room} Room */

const TOAST_MILLIS = 4000

/** @param {number} count */
function peopleHint(count) {
  if (count === 0) return 'Join a room to see who is there.'
  return count === 1 ? 'Nobody else yet.' : 'Pick somebody to write to in private.'
}

/** Everything after the login: rooms, people, and what they say. */
export class Hall {
  /** @type {ChatClient | undefined} */
  #client
  /** By room id; kept when we leave, so that coming back finds what was said. @type {Map<number, Conversation>} */
  #rooms = new Map()
  /** By partner's name. @type {Map<string, Conversation>} */
  #private = new Map()
  /** @type {Conversation | undefined} */
  #current
  /** Room of which the password is asked for. @type {Room | undefined} */
  #locked
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #toastTimer
  #message = byIdAs('message', HTMLInputElement)
  #dialog = byIdAs('password-dialog', HTMLDialogElement)

  constructor() {
    byId('composer').addEventListener('submit', event => {
      event.preventDefault()
      this.#send()
    })
    byId('leave').addEventListener('click', () => this.#leaveOrClose())
    this.#dialog.addEventListener('close', () => this.#unlock())
    for (const tab of document.querySelectorAll('.tabs button')) {
      tab.addEventListener('click', () => this.#showPanel(tab.getAttribute('data-show') ?? 'talk'))
    }
  }

  /** What happens to the client is shown here. @returns {Omit<ChatEvents, 'lost'>} */
  get events() {
    return {
      roomsChanged: () => this.#render(),
      joined: room => this.#joined(room),
      refused: message => this.#toast(message),
      entered: ({ name }, room) => {
        this.#rooms.get(room.id)?.note(`${name} came in.`)
        this.#partnerIs(name, true)
        this.#render()
      },
      left: (user, room) => {
        this.#rooms.get(room.id)?.note(user.isItMe ? 'You left.' : `${user.name} left.`)
        if (!user.isItMe) this.#partnerIs(user.name, false)
        this.#render()
      },
      said: (sender, text, room) => this.#heard(this.#rooms.get(room.id), sender, text),
      whispered: (sender, text, partner) => {
        this.#heard(this.#privateWith(partner), sender, text)
        this.#partnerIs(partner.name, true)
        this.#render()
      },
    }
  }

  /** @param {ChatClient} client  logged in */
  open(client) {
    this.#client = client
    this.#showPanel('talk')
    const open = client.rooms.find(room => !room.isPasswordProtected && !room.isGame)
    if (open !== undefined) client.join(open)
    this.#render()
  }

  close() {
    this.#client = undefined
    this.#current = undefined
    this.#rooms.clear()
    this.#private.clear()
    byId('logs').replaceChildren()
    if (this.#dialog.open) this.#dialog.close()
  }

  /** @param {Room} room */
  #joined(room) {
    let conversation = this.#rooms.get(room.id)
    if (conversation === undefined) {
      conversation = new Conversation(room.name, undefined)
      this.#rooms.set(room.id, conversation)
      byId('logs').append(conversation.log)
    }
    conversation.note(`You are in ${room.name}.`)
    this.#show(conversation)
  }

  /** @param {{ id: number, name: string }} partner */
  #privateWith(partner) {
    let conversation = this.#private.get(partner.name)
    if (conversation === undefined) {
      conversation = new Conversation(partner.name, partner)
      this.#private.set(partner.name, conversation)
      byId('logs').append(conversation.log)
      conversation.note(`Only ${partner.name} and you see this.`)
    }
    conversation.partner = partner
    return conversation
  }

  /** @param {string} name @param {boolean} isHere */
  #partnerIs(name, isHere) {
    const conversation = this.#private.get(name)
    if (conversation === undefined || conversation.isGone === !isHere) return
    conversation.isGone = !isHere
    conversation.note(isHere ? `${name} is back.` : `${name} left.`)
  }

  /** @param {Conversation | undefined} conversation @param {import('./client.js').User} sender @param {string} text */
  #heard(conversation, sender, text) {
    if (conversation === undefined) return
    conversation.say(sender.name, text, sender.isItMe)
    if (conversation !== this.#current) conversation.unread++
    this.#render()
  }

  #send() {
    const text = this.#message.value.trim()
    const current = this.#current
    if (text === '' || current === undefined || this.#client === undefined) return
    if (current.partner === undefined) this.#client.say(text)
    else this.#client.whisper(text, current.partner)
    this.#message.value = ''
  }

  #leaveOrClose() {
    const current = this.#current
    if (current?.partner === undefined) {
      this.#client?.leave()
      return
    }
    this.#private.delete(current.partner.name)
    current.log.remove()
    this.#show(this.#roomConversation())
  }

  #roomConversation() {
    const room = this.#client?.room
    return room && this.#rooms.get(room.id)
  }

  /** @param {Room} room */
  #enter(room) {
    if (room.isJoined) {
      this.#show(this.#rooms.get(room.id))
    } else if (room.isPasswordProtected) {
      this.#locked = room
      byIdAs('password', HTMLInputElement).value = ''
      this.#dialog.showModal()
    } else {
      this.#client?.join(room)
    }
  }

  #unlock() {
    const room = this.#locked
    this.#locked = undefined
    if (room !== undefined && this.#dialog.returnValue === 'join') {
      this.#client?.join(room, byIdAs('password', HTMLInputElement).value)
    }
    this.#dialog.returnValue = ''
  }

  /** @param {Conversation | undefined} conversation */
  #show(conversation) {
    if (conversation !== this.#current) this.#current?.hide()
    this.#current = conversation
    conversation?.show()
    this.#showPanel('talk')
    this.#render()
    if (matchMedia('(hover: hover)').matches) this.#message.focus()
  }

  /** @param {string} name */
  #showPanel(name) {
    byId('hall').dataset.panel = name
    for (const tab of document.querySelectorAll('.tabs button')) {
      tab.setAttribute('aria-current', String(tab.getAttribute('data-show') === name))
    }
  }

  #render() {
    const client = this.#client
    if (client === undefined) return
    const room = client.room
    // A room that we left stays readable until another conversation is opened.
    const current = this.#current
    const isRoom = current !== undefined && current.partner === undefined
    const canTalk = current !== undefined && (isRoom ? current === this.#roomConversation() : !current.isGone)
    byId('talk-title').textContent = current?.title ?? 'Pick a room'
    byId('talk-about').textContent = this.#about(canTalk)
    byId('leave').textContent = isRoom ? 'Leave room' : 'Close'
    byId('leave').hidden = current === undefined || (isRoom && !canTalk)
    byId('composer').hidden = !canTalk
    this.#message.placeholder = current === undefined ? '' : `Write to ${current.title}`
    replaceRows(
      byId('rooms'),
      client.rooms.map(each => this.#roomRow(each)),
    )
    replaceRows(
      byId('private'),
      Array.from(this.#private.values(), each => this.#privateRow(each)),
    )
    byId('private-section').hidden = this.#private.size === 0
    const people = room?.getUserList() ?? []
    replaceRows(
      byId('people'),
      people.map(user => this.#personRow(user)),
    )
    byId('people-hint').textContent = peopleHint(people.length)
    byId('people-count').textContent = people.length > 0 ? String(people.length) : ''
    const unread = [...this.#private.values(), ...this.#rooms.values()].reduce(
      (sum, each) => sum + each.unread,
      0,
    )
    byId('rooms-badge').hidden = unread === 0
    byId('rooms-badge').textContent = String(unread)
    document.title = `${unread > 0 ? `(${unread}) ` : ''}Chat · Warren`
  }

  /** @param {boolean} canTalk */
  #about(canTalk) {
    const current = this.#current
    if (current === undefined) return 'The list is under Rooms.'
    if (current.partner !== undefined) return current.isGone ? 'Has left' : 'Private conversation'
    const count = this.#client?.room?.getUserList().length ?? 0
    if (!canTalk) return 'You are not in this room any more.'
    return count === 1 ? 'Just you' : `${count} people`
  }

  /** @param {Room} room */
  #roomRow(room) {
    const conversation = this.#rooms.get(room.id)
    const note = `${room.isPasswordProtected ? '🔒 ' : ''}${room.userCount} / ${room.maxUsers}`
    const row = this.#row(`room-${room.id}`, conversation)
    row.prepend(element('span', 'row-name', room.name), element('span', 'row-note', note))
    row.addEventListener('click', () => this.#enter(room))
    return row
  }

  /** @param {Conversation} conversation */
  #privateRow(conversation) {
    const { title } = conversation
    const row = this.#row(`private-${title}`, conversation)
    row.prepend(avatar(title), element('span', 'row-name', title))
    row.addEventListener('click', () => this.#show(conversation))
    return row
  }

  /** @param {import('./client.js').User} user */
  #personRow(user) {
    const row = this.#row(`person-${user.id}`, undefined)
    row.append(avatar(user.name), element('span', 'row-name', user.name))
    if (user.isItMe) {
      row.disabled = true
      row.append(element('span', 'row-note', 'you'))
    } else {
      row.title = `Write to ${user.name} in private`
      row.addEventListener('click', () => this.#show(this.#privateWith({ id: user.id, name: user.name })))
    }
    return row
  }

  /** @param {string} key @param {Conversation | undefined} conversation */
  #row(key, conversation) {
    const row = element('button', '')
    row.type = 'button'
    row.dataset.key = key
    if (conversation === undefined) return row
    if (conversation === this.#current) row.setAttribute('aria-current', 'true')
    if (conversation.unread > 0) {
      const badge = element('span', 'badge', String(conversation.unread))
      badge.append(element('span', 'hidden-label', ' unread'))
      row.append(badge)
    }
    return row
  }

  /** @param {string} text */
  #toast(text) {
    byId('toast').textContent = text
    clearTimeout(this.#toastTimer)
    this.#toastTimer = setTimeout(() => byId('toast').replaceChildren(), TOAST_MILLIS)
  }
}
