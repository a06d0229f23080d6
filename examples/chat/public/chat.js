import { ChatClient } from './client.js'
import { byId, byIdAs } from './dom.js'
import { Hall } from './hall.js'

const name = byIdAs('name', HTMLInputElement)
const enter = byIdAs('enter', HTMLButtonElement)
const hall = new Hall()

/** What the client says about the end of a connection, in our words. */
const ENDS = new Map([
  ['idle', 'You were quiet for too long, so the server let you go.'],
  ['kick', 'You were kicked out.'],
  ['ban', 'You were banned.'],
])

/** @type {ChatClient | undefined} */
let client

/** @param {string} text  empty to hide it */
function notice(text) {
  byId('notice').textContent = text
  byId('notice').hidden = text === ''
}

/** @param {boolean} isIn */
function goIn(isIn) {
  byId('door').hidden = isIn
  byId('hall').hidden = !isIn
  byId('me').hidden = !isIn
}

/** @param {string} text  why; empty when we wanted it */
function goOut(text) {
  client = undefined
  hall.close()
  goIn(false)
  notice(text)
  document.title = 'Chat · Warren'
  name.focus()
}

async function logIn() {
  notice('')
  enter.disabled = true
  const made = new ChatClient({
    ...hall.events,
    // A client that was refused or logged out ends as well; nobody wants to know.
    lost: reason => {
      if (client === made) goOut(ENDS.get(reason) ?? 'The connection was lost. Join again when you like.')
    },
  })
  try {
    await made.open(name.value.trim())
    client = made
    byId('me-name').textContent = made.me.name
    goIn(true)
    hall.open(made)
  } catch (error) {
    notice(error instanceof Error ? error.message : String(error))
    name.select()
  } finally {
    enter.disabled = false
  }
}

byId('login').addEventListener('submit', event => {
  event.preventDefault()
  void logIn()
})
byId('logout').addEventListener('click', () => {
  const leaving = client
  goOut('')
  leaving?.close()
})
