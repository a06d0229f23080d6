import { Buddies, SFSObject, SmartFox } from '@warren/client'
import { type Action, ChatView } from './chat-view.ts'
import { Conversations } from './conversations.ts'
import { byId } from './dom.ts'
import { ListView } from './list-view.ts'
import { INVISIBLE, MeView } from './me-view.ts'
import { MOOD } from './presence.ts'

/** The server says at once what it passed on; what it has not by then it never will. */
const MILLIS_UNTIL_LOST = 3000

const isSecure = location.protocol === 'https:'
const sfs = new SmartFox({
  host: location.hostname,
  port: Number(location.port || (isSecure ? 443 : 80)),
  useSSL: isSecure,
  zone: 'BasicExamples',
})
const buddies = new Buddies(sfs)
const conversations = new Conversations()
const me = new MeView()
const list = new ListView()
const chat = new ChatView()

// The list keeps itself up to date: whatever is told of it, it is drawn anew.
for (const event of ['buddyAdd', 'buddyBlock', 'buddyOnlineStateChange', 'buddyVariablesUpdate'] as const) {
  sfs.on(event, draw)
}
sfs.on('buddyRemove', ({ buddy }) => {
  conversations.forget(buddy.name)
  draw()
})
sfs.on('buddyMessage', event => {
  if (event.isItMe) delivered(event.data)
  else conversations.hear(event.buddy.name, event.message)
  draw()
})
sfs.on('connectionRetry', () => say('The connection is lost. Trying to come back ...'))
sfs.on('connectionResume', () => say(''))
sfs.on('connectionLost', () => {
  conversations.clear()
  document.body.dataset.screen = 'entry'
  say('The connection is lost.')
})
addEventListener('pagehide', () => sfs.disconnect())

byId('entry', HTMLFormElement).addEventListener('submit', event => {
  event.preventDefault()
  attempt(() => enter(byId('name', HTMLInputElement).value.trim()))
})
byId('add', HTMLFormElement).addEventListener('submit', event => {
  event.preventDefault()
  const field = byId('new-name', HTMLInputElement)
  attempt(async () => {
    const { name } = await buddies.add(field.value.trim())
    field.value = ''
    open(name)
  })
})
me.onState = state =>
  attempt(async () => {
    await buddies.goOnline(state !== INVISIBLE)
    if (state !== INVISIBLE) await buddies.setState(state)
  })
me.onNickname = nickname => attempt(() => buddies.setNickname(nickname === '' ? null : nickname))
me.onMood = mood => attempt(() => buddies.setVariables({ [MOOD]: mood === '' ? null : mood }))
list.onOpen = open
chat.onBack = () => {
  conversations.current = undefined
  draw()
}
chat.onAction = action => {
  const { current } = conversations
  if (current !== undefined) attempt(() => ACTIONS[action](current))
}
chat.onSay = text => attempt(async () => tell(text))

/** What is done to a buddy. */
const ACTIONS: Readonly<Record<Action, (name: string) => Promise<unknown>>> = {
  keep: name => buddies.add(name),
  block: name => buddies.block(name),
  unblock: name => buddies.unblock(name),
  remove: name => buddies.remove(name),
}

async function enter(name: string): Promise<void> {
  if (name === '') throw new Error('Lists are kept by name: say who you are.')
  if (!sfs.isConnected) await sfs.connect()
  if (sfs.mySelf === undefined) await sfs.login(name)
  await buddies.init()
  document.body.dataset.screen = 'messenger'
  draw()
}

function open(name: string): void {
  conversations.open(name)
  draw()
  chat.focus()
}

/**
 * The server passes a message on and tells its sender so, who then knows that it was delivered. To whom it was goes
 * along, since that answer does not say it.
 */
function tell(text: string): void {
  const { current } = conversations
  if (current === undefined) return
  const id = conversations.say(current, text)
  buddies.tell(current, text, new SFSObject().putUtfString('to', current).putInt('id', id))
  draw()
  setTimeout(() => {
    if (conversations.lose(current, id)) draw()
  }, MILLIS_UNTIL_LOST)
}

function delivered(data: SFSObject | undefined): void {
  if (data?.has('to') && data.has('id')) conversations.deliver(data.getUtfString('to'), data.getInt('id'))
}

function draw(): void {
  const { buddyList, mySelf } = sfs
  if (buddyList === undefined || mySelf === undefined) return
  const { current } = conversations
  me.draw(mySelf.name, buddyList)
  list.draw(buddyList, conversations)
  const buddy = current === undefined ? undefined : buddyList.find(current)
  chat.draw(buddy, buddy === undefined ? [] : conversations.with(buddy.name), buddyList.isOnline)
}

function say(text: string): void {
  byId('status', HTMLElement).textContent = text
}

/** Does something; what goes wrong is said. */
function attempt(work: () => Promise<unknown>): void {
  say('')
  work().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
    draw()
  })
}
