import { Games, type Room, rooms, SFSError, SmartFox, type User } from '@warren/client'
import { byId } from './dom.ts'
import { AT_TABLE, HallView } from './hall-view.ts'
import { followInvitations, REFUSAL } from './invitations.ts'
import { freeSeats, GROUP, Search } from './search.ts'
import { Table } from './table.ts'
import { TableView } from './table-view.ts'

const LOBBY = 'The Lobby'
/** What the server answers to a quick join when there is no such game. */
const NO_GAME = 41
const CHALLENGE_SECONDS = 20

const isSecure = location.protocol === 'https:'
const sfs = new SmartFox({
  host: location.hostname,
  port: Number(location.port || (isSecure ? 443 : 80)),
  useSSL: isSecure,
  zone: 'BasicExamples',
})
const games = new Games(sfs)
const hall = new HallView()
const tableView = new TableView()
const search = new Search(sfs, tables => hall.drawTables(tables))
let lobby: Room | undefined
let table: Table | undefined
/** Who is challenged, and until when he may answer. */
let challenge: { readonly name: string; readonly timer: ReturnType<typeof setTimeout> } | undefined

followInvitations(sfs, games)

// Whatever leads to a table, in the end it is joined: opened, found, watched, or by a challenge.
sfs.on('roomJoin', ({ room }) => {
  if (room.isGame) sitDown(room)
})
for (const event of ['roomAdd', 'roomRemove', 'userCountChange', 'roomVariablesUpdate'] as const) {
  sfs.on(event, () => search.refresh())
}
for (const event of ['userEnterRoom', 'userVariablesUpdate'] as const) sfs.on(event, drawPeople)
sfs.on('userExitRoom', ({ user, room }) => {
  drawPeople()
  if (user.isItMe && room === table?.room) standUp()
})
sfs.on('userEnterRoom', ({ room }) => {
  if (room === table?.room) endChallenge()
})
sfs.on('privateMessage', ({ sender, message }) => {
  if (message === REFUSAL && sender.name === challenge?.name)
    giveUp(`${sender.name} does not want to play now.`)
})
sfs.on('connectionRetry', () => say('The connection is lost. Trying to come back ...'))
sfs.on('connectionResume', () => say(''))
sfs.on('connectionLost', () => {
  standUp()
  show('entry')
  say('The connection is lost.')
})
addEventListener('pagehide', () => sfs.disconnect())

hall.onFilter = (filter, words) => search.set(filter, words)
hall.onJoin = room => attempt(() => goTo(room, false))
hall.onWatch = room => attempt(() => goTo(room, true))
hall.onChallenge = user => attempt(() => invite(user))
onClick('open', () => openTable())
onClick('quick', async () => {
  try {
    await leaveTable()
    await games.quickJoin(freeSeats(rooms().where('isTypeSFSGame', '==', true)), [GROUP])
  } catch (error) {
    if (!(error instanceof SFSError) || error.code !== NO_GAME) throw error
    await openTable()
  }
})
onClick('leave', () => leaveTable())
byId('entry', HTMLFormElement).addEventListener('submit', event => {
  event.preventDefault()
  attempt(() => enter(byId('name', HTMLInputElement).value.trim()))
})

async function enter(name: string): Promise<void> {
  if (!sfs.isConnected) await sfs.connect()
  await sfs.login(name)
  lobby = await sfs.join(LOBBY)
  show('hall')
  search.refresh()
  drawPeople()
}

/** A table for everybody: whoever finds it may sit down, or watch. */
async function openTable(invited?: User): Promise<void> {
  await leaveTable()
  await games.create({
    name: tableName(),
    groupId: GROUP,
    maxUsers: 2,
    maxSpectators: 20,
    extension: { id: 'tris' },
    // The lobby goes on around the table.
    leaveLastJoinedRoom: false,
    notifyGameStarted: true,
    isPublic: invited === undefined,
    invitationExpirySeconds: CHALLENGE_SECONDS,
    ...(invited && { invitedPlayers: [invited] }),
  })
}

/** The name of the table that this user opens: that of no other. */
function tableName(): string {
  const name = `${sfs.mySelf?.name.slice(0, 18)}'s table`
  for (let count = 1; ; count++) {
    const numbered = count === 1 ? name : `${name} ${count}`
    if (sfs.room(numbered) === undefined) return numbered
  }
}

async function goTo(room: Room, asSpectator: boolean): Promise<void> {
  if (room.id === table?.room.id) return
  await leaveTable()
  await sfs.join(room.id, { leave: 'none', asSpectator })
}

/** Somebody is asked to the table where this user sits, or to a new one for the two. */
async function invite(user: User): Promise<void> {
  if (table?.hasFreeSeat && table.room.players.some(({ isItMe }) => isItMe)) {
    games.inviteToRoom(table.room, [user.name], { seconds: CHALLENGE_SECONDS })
    say(`${user.name} is asked to your table.`)
    return
  }
  await openTable(user)
  const timer = setTimeout(() => giveUp(`${user.name} did not answer.`), (CHALLENGE_SECONDS + 2) * 1000)
  challenge = { name: user.name, timer }
  say(`${user.name} has ${CHALLENGE_SECONDS} seconds to answer.`)
}

function endChallenge(): void {
  clearTimeout(challenge?.timer)
  challenge = undefined
  say('')
}

/** Nobody comes: the table that was made for two is no good for one. */
function giveUp(why: string): void {
  endChallenge()
  attempt(async () => {
    await leaveTable()
    say(why)
  })
}

async function leaveTable(): Promise<void> {
  endChallenge()
  if (table !== undefined) await sfs.leave(table.room)
}

function sitDown(room: Room): void {
  table?.close()
  table = new Table(sfs, room, tableView)
  sfs.setUserVariables({ [AT_TABLE]: room.name })
  show('table')
}

function standUp(): void {
  if (table === undefined) return
  table.close()
  table = undefined
  if (!sfs.isConnected) return
  sfs.setUserVariables({ [AT_TABLE]: null })
  show('hall')
  search.refresh()
}

function drawPeople(): void {
  if (lobby !== undefined) hall.drawPeople(lobby.users)
}

function show(screen: 'entry' | 'hall' | 'table'): void {
  document.body.dataset.screen = screen
}

function say(text: string): void {
  byId('status', HTMLElement).textContent = text
}

function onClick(id: string, work: () => Promise<void>): void {
  byId(id, HTMLButtonElement).addEventListener('click', () => attempt(work))
}

/** Does something; what goes wrong is said. */
function attempt(work: () => Promise<void>): void {
  say('')
  work().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
}
