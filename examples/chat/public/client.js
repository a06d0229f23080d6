/**
 * The chat's line to the server: the official client, narrowed to what a chat needs.
 *
 * @typedef {import('sfs2x-api').SFSRoom} Room
 * @typedef {import('sfs2x-api').SFSUser} User
 *
 * @typedef {object} ChatEvents
 * @property {() => void} roomsChanged  the list of rooms, or a count in it, is another
 * @property {(room: Room) => void} joined
 * @property {(message: string) => void} refused  a room refused us
 * @property {(user: User, room: Room) => void} entered
 * @property {(user: User, room: Room) => void} left  somebody, or we
 * @property {(sender: User, text: string, room: Room) => void} said
 * @property {(sender: User, text: string, partner: { id: number, name: string }) => void} whispered
 * @property {(reason: string) => void} lost
 */

const ZONE = 'BasicExamples'
/** Keys of the data that goes along with a private message: without it the sender cannot tell to whom it went. */
const TO_ID = 'toId'
const TO_NAME = 'toName'

export class ChatClient {
  #sfs
  #events

  /** @param {ChatEvents} events */
  constructor(events) {
    this.#events = events
    const secure = location.protocol === 'https:'
    this.#sfs = new SFS2X.SmartFox({
      host: location.hostname,
      port: Number(location.port || (secure ? 443 : 80)),
      useSSL: secure,
      zone: ZONE,
      debug: false,
    })
    this.#listen()
  }

  /** @returns {User} */
  get me() {
    return this.#sfs.mySelf
  }

  get rooms() {
    return this.#sfs.getRoomList().filter(room => !room.isHidden)
  }

  /** The room we are in; one at a time. */
  get room() {
    return this.#sfs.getJoinedRooms()[0]
  }

  /**
   * Connects and logs in.
   * @param {string} name  empty for a guest
   * @returns {Promise<void>} rejected with the server's own words
   */
  open(name) {
    const { CONNECTION, LOGIN, LOGIN_ERROR } = SFS2X.SFSEvent
    return new Promise((resolve, reject) => {
      this.#on(CONNECTION, ({ success }) => {
        if (success) this.#sfs.send(new SFS2X.LoginRequest(name))
        else reject(new Error('The server does not answer.'))
      })
      this.#on(LOGIN, () => resolve())
      this.#on(LOGIN_ERROR, ({ errorMessage }) => {
        reject(new Error(errorMessage))
        this.close()
      })
      this.#sfs.connect()
    })
  }

  /** @param {Room} room @param {string} [password] */
  join(room, password) {
    this.#sfs.send(new SFS2X.JoinRoomRequest(room, password, this.room?.id))
  }

  /** Leaves the room we are in. */
  leave() {
    this.#sfs.send(new SFS2X.LeaveRoomRequest())
  }

  /** @param {string} text */
  say(text) {
    this.#sfs.send(new SFS2X.PublicMessageRequest(text, undefined, this.room))
  }

  /** @param {string} text @param {{ id: number, name: string }} partner */
  whisper(text, partner) {
    const data = new SFS2X.SFSObject()
    data.putInt(TO_ID, partner.id)
    data.putUtfString(TO_NAME, partner.name)
    this.#sfs.send(new SFS2X.PrivateMessageRequest(text, partner.id, data))
  }

  close() {
    if (this.#sfs.isConnected) this.#sfs.disconnect()
  }

  #listen() {
    const events = this.#events
    const SFSEvent = SFS2X.SFSEvent
    this.#on(SFSEvent.ROOM_JOIN, ({ room }) => events.joined(room))
    this.#on(SFSEvent.ROOM_JOIN_ERROR, ({ errorMessage }) => events.refused(errorMessage))
    this.#on(SFSEvent.USER_ENTER_ROOM, ({ user, room }) => events.entered(user, room))
    this.#on(SFSEvent.USER_EXIT_ROOM, ({ user, room }) => events.left(user, room))
    this.#on(SFSEvent.PUBLIC_MESSAGE, ({ sender, message, room }) => events.said(sender, message, room))
    this.#on(SFSEvent.PRIVATE_MESSAGE, ({ sender, message, data }) => {
      const partner = sender.isItMe ? { id: data?.getInt(TO_ID), name: data?.getUtfString(TO_NAME) } : sender
      const { id, name } = partner
      if (id !== undefined && name) events.whispered(sender, message, { id, name })
    })
    for (const change of [SFSEvent.ROOM_ADD, SFSEvent.ROOM_REMOVE, SFSEvent.USER_COUNT_CHANGE]) {
      this.#on(change, () => events.roomsChanged())
    }
    this.#on(SFSEvent.CONNECTION_LOST, ({ reason }) => events.lost(reason))
  }

  /** @param {string} type @param {(event: SfsEventDetails) => void} handle */
  #on(type, handle) {
    this.#sfs.addEventListener(type, handle, this)
  }
}
