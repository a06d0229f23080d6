import { mmoMessages } from '@warren/codec'
import type { Feature } from './feature.ts'
import { MMOItem } from './mmo-item.ts'

/** Who and what is in sight in MMO rooms [P-6.13]. */
export const mmo: Feature = {
  messages: mmoMessages,
  takers: {
    ProximityUpdate(mirror, fields) {
      const { roomId, addedUsers = [], removedUserIds = [], addedItems = [], removedItemIds = [] } = fields
      mirror.withRoom(roomId, room => {
        if (!room.isJoined) return
        // Who went and came in one update is in both lists, and comes last [P-6.13.2].
        const removedUsers = removedUserIds
          .flatMap(id => mirror.user(id) ?? [])
          .filter(user => room.remove(user))
        const removedItems = removedItemIds.flatMap(id => room.takeItem(id) ?? [])
        const users = addedUsers.map(row => {
          const user = mirror.member(row)
          if (row.entryPoint !== undefined) user.aoiEntryPoint = row.entryPoint
          room.put(user, row.playerId)
          return user
        })
        const items = addedItems.map(row => room.putItem(new MMOItem(row)))
        mirror.forget(removedUsers)
        mirror.emit('proximityListUpdate', {
          room,
          addedUsers: users,
          removedUsers,
          addedItems: items,
          removedItems,
        })
      })
    },
    SetMMOItemVariables(mirror, { roomId, itemId, variables }) {
      mirror.withRoom(roomId, room => {
        const mmoItem = room.item(itemId)
        if (mmoItem === undefined) return
        const changedVars = mmoItem.variables.apply(variables)
        mirror.emit('mmoItemVariablesUpdate', { room, mmoItem, changedVars })
      })
    },
  },
}
