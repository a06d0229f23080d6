import type { Buddy } from '@warren/client'
import { element } from './dom.ts'

/** What everybody tells of himself, kept while he is away: its name begins with `$`. */
export const MOOD = '$mood'

/** How a buddy is called. */
export const calledOf = ({ nickname, name }: Buddy): string => nickname || name

/** What is told of somebody beside his state. */
export function moodOf({ variables }: Pick<Buddy, 'variables'>): string {
  const mood = variables.get(MOOD)
  return typeof mood === 'string' ? mood : ''
}

/** How he is, in a word. */
export function stateOf(buddy: Buddy): string {
  if (buddy.isBlocked) return 'Blocked'
  return buddy.isOnline ? (buddy.state ?? 'Here') : 'Offline'
}

/** A letter on a colour that is the same on every page, and how he is. */
export function avatarOf(name: string, called: string, state: string): HTMLElement {
  const dot = element('i', 'presence')
  dot.dataset.state = state
  const avatar = element('span', 'avatar', called.slice(0, 1).toUpperCase(), dot)
  avatar.style.setProperty('--hue', String(hueOf(name)))
  return avatar
}

function hueOf(name: string): number {
  let hue = 0
  for (const letter of name) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360
  return hue
}
