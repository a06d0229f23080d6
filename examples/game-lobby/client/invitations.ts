import type { Games, Invitation, SmartFox } from '@warren/client'
import { button, byId, element } from './dom.ts'

/** What somebody hears whose challenge is refused. */
export const REFUSAL = 'Not now, thanks.'

/** Shows who challenges this user, for as long as it holds. */
export function followInvitations(sfs: SmartFox, games: Games): void {
  const list = byId('challenges', HTMLElement)
  sfs.on('invitation', ({ invitation }) => list.append(cardOf(invitation, sfs, games)))
  sfs.on('connectionLost', () => list.replaceChildren())
}

function cardOf(invitation: Invitation, sfs: SmartFox, games: Games): HTMLElement {
  const { inviter, secondsForAnswer } = invitation
  const fuse = element('div', 'fuse')
  fuse.style.animationDuration = `${secondsForAnswer}s`
  const card = element(
    'div',
    'card challenge',
    element('strong', '', `${inviter.name} challenges you`),
    element(
      'div',
      'row',
      button('Play', 'button', () => {
        games.accept(invitation)
        done()
      }),
      button('Not now', 'button quiet', () => {
        games.refuse(invitation)
        // The server tells nobody whose game is refused, so the page does.
        sfs.tell(inviter, REFUSAL)
        done()
      }),
    ),
    fuse,
  )
  card.role = 'alertdialog'
  const timer = setTimeout(done, secondsForAnswer * 1000)
  function done(): void {
    clearTimeout(timer)
    card.remove()
  }
  return card
}
