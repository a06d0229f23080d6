import type { RoomObject, UserObject } from '@warren/client/electroserver'
import { byId, element } from './dom.ts'
import { FIRST_SIGNS, faceOf, withFaces } from './emoticons.ts'

/** As many lines as the movie keeps. */
const MAX_LINES = 150

/** A row of a list. */
interface Row {
  readonly label: string
  readonly isMine: boolean
  readonly isChosen: boolean
  onClick(): void
}

/** Adds what somebody said. @param isPrivate  only he and one other know */
export function addMessage(from: string, text: string, isPrivate: boolean): void {
  addLine(isPrivate ? 'private' : '', element('b', '', `${from}: `), ...withFaces(text))
}

/** Adds what nobody said. */
export function addNotice(text: string, isWrong = false): void {
  addLine(isWrong ? 'wrong' : 'notice', text)
}

/** Empties the transcript. */
export function clearTranscript(): void {
  byId('transcript', HTMLElement).replaceChildren()
}

/** Shows the rooms; a click goes to one. */
export function showRooms(rooms: readonly RoomObject[], here: string, go: (room: RoomObject) => void): void {
  showRows(
    'rooms',
    sorted(rooms).map(room => ({
      label: `${room.label}${room.attributes.PasswordProtected ? ' 🔒' : ''} (${room.attributes.Users})`,
      isMine: room.label === here,
      isChosen: false,
      onClick: () => go(room),
    })),
  )
}

/** Shows the people of the room; a click begins or ends talking to one alone. */
export function showPeople(
  users: readonly UserObject[],
  me: string,
  recipient: string,
  talkTo: (name: string) => void,
): void {
  showRows(
    'people',
    sorted(users).map(({ label }) => ({
      label: label === me ? `${label} (you)` : label,
      isMine: label === me,
      isChosen: label === recipient,
      onClick: () => talkTo(label === recipient ? '' : label),
    })),
  )
}

/** Shows whom the next message is for; empty for everybody. */
export function showRecipient(name: string): void {
  byId('to', HTMLElement).textContent = name === '' ? 'To everybody in the room' : `Only to ${name}`
}

/** Offers the faces; a click puts the sign of one into the message. */
export function offerFaces(): void {
  const text = byId('text', HTMLInputElement)
  const buttons = FIRST_SIGNS.map(sign => {
    const button = element('button', 'face-button', faceOf(sign))
    button.type = 'button'
    button.onclick = () => {
      text.value += `${text.value === '' || text.value.endsWith(' ') ? '' : ' '}${sign} `
      text.focus()
    }
    return button
  })
  byId('faces', HTMLElement).replaceChildren(...buttons)
}

function addLine(className: string, ...parts: readonly (Node | string)[]): void {
  const transcript = byId('transcript', HTMLElement)
  transcript.append(element('li', className, ...parts))
  while (transcript.childElementCount > MAX_LINES) transcript.firstElementChild?.remove()
  transcript.scrollTop = transcript.scrollHeight
}

function showRows(list: string, rows: readonly Row[]): void {
  const items = rows.map(row => {
    const button = element('button', '', row.label)
    button.type = 'button'
    button.disabled = row.isMine
    button.onclick = () => row.onClick()
    if (row.isMine) button.setAttribute('aria-current', 'true')
    if (row.isChosen) button.setAttribute('aria-pressed', 'true')
    return element('li', '', button)
  })
  byId(list, HTMLElement).replaceChildren(...items)
}

function sorted<T extends { readonly label: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => a.label.localeCompare(b.label))
}
