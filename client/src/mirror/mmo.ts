import { mmoMessages, type ServerFields } from '@warren/codec'
import type { Feature } from './feature.ts'
import { MMOItem } from './mmo-item.ts'
import { Motion } from './motion.ts'
import type { Room } from './room.ts'

/** Who and what is in sight in MMO rooms [P-6.13]. */
export const mmo: Feature = {
  messages: mmoMessages,
  takers: {
    ProximityUpdate(mirror, fields) {
      const { roomId, addedUsers = [], removedUserIds = [], addedItems = [], removedItemIds = [] } = fields
      mirror.withRoom(roomId, room => {
        if (!room.isJoined) return
        follow(room, fields)
        // Who went and came in one update is in both lists, and comes last [P-6.13.2].
        const removedUsers = removedUserIds
          .flatMap(id => mirror.user(id) ?? [])
          .filter(user => room.remove(user))
        const removedItems = removedItemIds
          .flatMap(id => room.item(id) ?? [])
          .filter(({ id }) => room.itemsById.delete(id))
        const users = addedUsers.map(row => {
          const user = mirror.member(row)
          if (row.entryPoint !== undefined) user.aoiEntryPoint = row.entryPoint
          room.put(user, row.playerId)
          return user
        })
        const items = addedItems.map(row => new MMOItem(row))
        for (const item of items) room.itemsById.set(item.id, item)
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
    Positions(mirror, fields) {
      mirror.withRoom(fields.roomId, room => {
        if (room.motion?.take(fields, performance.now()) === true) mirror.emit('positionsUpdate', { room })
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

/** Blocks of positions go by who came and went, in the order of [P-13.2]. */
function follow(room: Room, fields: ServerFields<'ProximityUpdate'>): void {
  const { x = 0, y = 0 } = room.defaultAOI ?? {}
  room.motion ??= new Motion(Math.max(x, y))
  for (const id of fields.removedUserIds ?? []) room.motion.go('user', id)
  for (const id of fields.removedItemIds ?? []) room.motion.go('item', id)
  for (const { id } of fields.addedUsers ?? []) room.motion.come('user', id)
  for (const { id } of fields.addedItems ?? []) room.motion.come('item', id)
}
