import { buddyMessages, SFSType } from '@warren/codec'
import { type Buddy, isOfflineVariable, ReservedBuddyVariables } from './buddy.ts'
import { BuddyList } from './buddy-list.ts'
import type { Feature } from './feature.ts'
import type { Mirror } from './mirror.ts'
import type { Variables } from './variable.ts'

/** The states of [P-6.17.1]. */
const ONLINE = 0
const GONE = 2

/**
 * The buddy list [P-6.17]. Of others nothing is told while the user himself is not online; the list goes on all the
 * same.
 */
export const buddies: Feature = {
  messages: buddyMessages,
  takers: {
    InitBuddyList(mirror, fields) {
      const list = new BuddyList(fields)
      mirror.buddyList = list
      mirror.emit('buddyListInit', { buddyList: [...list], myVariables: [...list.variables] })
    },
    AddBuddy(mirror, { buddy: row }) {
      const buddy = mirror.buddyList?.put(row)
      if (buddy !== undefined) mirror.emit('buddyAdd', { buddy })
    },
    BlockBuddy(mirror, { buddyName, isBlocked, buddy: row }) {
      withBuddy(mirror, buddyName, buddy => {
        if (row !== undefined) buddy.update(row)
        buddy.isBlocked = isBlocked
        // Who is blocked stays on the list [P-6.17.6].
        if (isBlocked) buddy.isTemporary = false
        mirror.emit('buddyBlock', { buddy })
      })
    },
    RemoveBuddy(mirror, { buddyName }) {
      withBuddy(mirror, buddyName, buddy => {
        mirror.buddyList?.remove(buddy)
        mirror.emit('buddyRemove', { buddy })
      })
    },
    SetBuddyVariables(mirror, { buddyName, variables: rows }) {
      if (isMe(mirror, buddyName)) {
        const changedVars = mirror.buddyList?.variables.apply(rows) ?? []
        mirror.emit('buddyVariablesUpdate', { isItMe: true, buddy: undefined, changedVars })
        return
      }
      withBuddy(mirror, buddyName, buddy => {
        const changedVars = buddy.variables.apply(rows)
        if (mirror.buddyList?.isOnline) {
          mirror.emit('buddyVariablesUpdate', { isItMe: false, buddy, changedVars })
        }
      })
    },
    GoOnline(mirror, { buddyName, userId, state }) {
      const list = mirror.buddyList
      if (list !== undefined && isMe(mirror, buddyName)) {
        setOnline(list.variables, state === ONLINE)
        mirror.emit('buddyOnlineStateChange', { isItMe: true, buddy: undefined })
        return
      }
      withBuddy(mirror, buddyName, buddy => {
        buddy.id = state === ONLINE ? userId : -1
        if (state === GONE) forgetVisit(buddy.variables)
        else setOnline(buddy.variables, state === ONLINE)
        if (list?.isOnline) mirror.emit('buddyOnlineStateChange', { isItMe: false, buddy })
      })
    },
    BuddyMessage(mirror, { userId, message, params: data }) {
      if (userId === mirror.mySelf?.id) {
        mirror.emit('buddyMessage', { isItMe: true, buddy: undefined, message, data })
        return
      }
      const buddy = mirror.buddyList?.find(userId)
      if (buddy !== undefined) mirror.emit('buddyMessage', { isItMe: false, buddy, message, data })
    },
  },
}

const isMe = ({ mySelf }: Mirror, name: string) => mySelf?.name === name

function withBuddy(mirror: Mirror, name: string, work: (buddy: Buddy) => void): void {
  const buddy = mirror.buddyList?.find(name)
  if (buddy !== undefined) work(buddy)
}

function setOnline(variables: Variables, isOnline: boolean): void {
  variables.apply([
    { name: ReservedBuddyVariables.BV_ONLINE, value: { type: SFSType.BOOL, value: isOnline } },
  ])
}

/** What is not kept goes with the visit. */
function forgetVisit(variables: Variables): void {
  variables.replace([], ({ name }) => isOfflineVariable(name))
}
