import { type Room, SFSError, SmartFox, type User } from '@warren/client'
import { Board, type Place } from './board.ts'

/** Everybody with this page open is in this room, and sees the cursors of the others. */
const ROOM = 'Cursors'
/** A mouse moves some hundred times a second; so often is enough to look smooth. */
const MILLIS_BETWEEN_STEPS = 40

const board = new Board()
const isSecure = location.protocol === 'https:'
const sfs = new SmartFox({
  host: location.hostname,
  port: Number(location.port || (isSecure ? 443 : 80)),
  useSSL: isSecure,
  zone: 'BasicExamples',
})

// What the others do. Where somebody points is in two variables of his: the server tells everybody in the room of a
// change, and tells newcomers how things stand.
sfs.on('userEnterRoom', ({ user }) => draw(user))
sfs.on('userVariablesUpdate', ({ user }) => draw(user))
sfs.on('userExitRoom', ({ user }) => {
  board.remove(user.id)
  count()
})
// Who is cut off may come back, and is kept for a while. Who closes the page says so.
addEventListener('pagehide', () => sfs.disconnect())
sfs.on('connectionRetry', () => board.say('The connection is lost. Trying to come back ...'))
sfs.on('connectionResume', count)
sfs.on('connectionLost', () => {
  board.clear()
  board.say('The connection is lost. Load the page anew to come back.')
})

// What this page does: it remembers the last place, and sends it after a moment. Where the mouse was meanwhile nobody
// needs to know.
let latest: Place | undefined
let isWaiting = false
board.onMove = place => {
  latest = place
  if (isWaiting) return
  isWaiting = true
  setTimeout(() => {
    isWaiting = false
    if (sfs.isConnected) sfs.setUserVariables({ x: latest?.x ?? null, y: latest?.y ?? null })
  }, MILLIS_BETWEEN_STEPS)
}

try {
  await sfs.connect()
  await sfs.login()
  const room = await enter()
  for (const user of room.users) draw(user)
} catch (error) {
  board.say(error instanceof Error ? error.message : String(error))
}

/** The first one makes the room, the others join it. */
async function enter(): Promise<Room> {
  try {
    return await sfs.createRoom({ name: ROOM, maxUsers: 100 }, { join: true })
  } catch (error) {
    if (!(error instanceof SFSError)) throw error
    return await sfs.join(ROOM)
  }
}

function draw(user: User): void {
  count()
  if (user.isItMe) return
  const { variables } = user
  const [x, y] = [variables.get('x'), variables.get('y')]
  board.show(user.id, typeof x === 'number' && typeof y === 'number' ? { x, y } : undefined)
}

function count(): void {
  const others = (sfs.lastJoinedRoom?.users.length ?? 1) - 1
  if (others === 0)
    board.say('You are alone. Open this page in a second window, or send its address to a friend.')
  else board.say(others === 1 ? 'Somebody else is here.' : `${others} others are here.`)
}
