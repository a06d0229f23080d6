import type { Takers } from './mirror.ts'

/** Who is where, and what is known of rooms and users. */
export const roomTakers: Takers = {
  Login(mirror, { userId, userName, privilegeId, rooms, zoneName, params }) {
    const user = mirror.become({ id: userId, name: userName, privilegeId })
    for (const row of rooms) {
      mirror.groups.add(row.groupId)
      mirror.addRoom(row)
    }
    mirror.emit('login', { user, zone: zoneName, data: params })
  },
  Logout(mirror) {
    mirror.clear()
    mirror.emit('logout', {})
  },
  JoinRoom(mirror, { room, users }) {
    mirror.emit('roomJoin', { room: mirror.join(room, users) })
  },
  CreateRoom(mirror, { room }) {
    // Only who is subscribed to the group hears of it.
    mirror.groups.add(room.groupId)
    mirror.emit('roomAdd', { room: mirror.addRoom(room) })
  },
  RoomLost(mirror, { roomId }) {
    mirror.withRoom(roomId, room => {
      mirror.removeRoom(room)
      mirror.emit('roomRemove', { room })
    })
  },
  UserEnterRoom(mirror, { roomId, user: row }) {
    mirror.withRoom(roomId, room => {
      if (!room.isJoined) return
      const user = mirror.member(row)
      room.put(user, row.playerId)
      mirror.emit('userEnterRoom', { user, room })
    })
  },
  UserExitRoom(mirror, fields) {
    mirror.withMember(fields, (room, user) => {
      if (user.isItMe) mirror.leave(room)
      else {
        room.remove(user)
        mirror.forget([user])
      }
      mirror.emit('userExitRoom', { user, room })
    })
  },
  UserLost(mirror, { userId }) {
    const user = mirror.user(userId)
    if (user === undefined) return
    const rooms = mirror.joinedRooms.filter(room => room.has(user))
    // In an MMO room he is seen until its next update says otherwise [P-6.13.8].
    for (const room of rooms) if (!room.isMMO) room.remove(user)
    mirror.forget([user])
    for (const room of rooms) mirror.emit('userExitRoom', { user, room })
  },
  UserCountChange(mirror, { roomId, userCount, spectatorCount = 0 }) {
    mirror.withRoom(roomId, room => {
      room.userCount = userCount
      room.spectatorCount = spectatorCount
      mirror.emit('userCountChange', { room, uCount: userCount, sCount: spectatorCount })
    })
  },
  SetRoomVariables(mirror, { roomId, variables }) {
    mirror.withRoom(roomId, room =>
      mirror.emit('roomVariablesUpdate', { room, changedVars: room.variables.apply(variables) }),
    )
  },
  SetUserVariables(mirror, { userId, variables }) {
    const user = mirror.user(userId)
    if (user !== undefined)
      mirror.emit('userVariablesUpdate', { user, changedVars: user.variables.apply(variables) })
  },
}
