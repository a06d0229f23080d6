import { defineExtension, refuseCall, type User } from '@warren/server'
import { distance } from '../../common/geometry.ts'
import { island, REACH } from '../../contract.ts'
import { type IslandExtension, Life } from './life.ts'
import { config } from './settings.ts'

/** An island in an MMO room: bots that stroll, porters that carry barrels, and players among them. */
export default defineExtension({
  level: 'room',
  ...island,
  config,

  init(extension) {
    if (extension.room.mmo === undefined)
      throw new Error(`The room ${extension.room.name} is not an MMO room`)
    const life = new Life(extension)
    serve(extension, life)
    // After a change of this file players are there already.
    for (const user of extension.room.users) if (!user.isNpc) void life.welcome(user)
    return life
  },

  destroy: (life: Life) => life.sleep(),
})

function serve({ api, config, handle, on, schedule }: IslandExtension, life: Life): void {
  const waiting = new Set<User>()

  handle({
    barrel({ user, params: { id } }) {
      const barrel = life.barrels.find(id)
      const place = barrel && api.mmo.positionOf(barrel)
      if (barrel === undefined || place === undefined)
        return refuseCall('no-barrel', 'There is no such barrel')
      if (barrel.carrier !== undefined) refuseCall('carried', 'Somebody carries it')
      const from = api.mmo.positionOf(user)
      if (from === undefined || distance(from, place) > REACH) refuseCall('too-far', 'It is too far away')
      life.barrels.setOpen(barrel, !barrel.isOpen)
      return { isOpen: barrel.isOpen }
    },

    bots({ user, params: { count } }) {
      if (!config.playersSetBots)
        refuseCall('not-allowed', 'Only the operator decides how many bots there are')
      if (waiting.has(user)) refuseCall('too-soon', 'You have just changed it')
      waiting.add(user)
      schedule.after(config.changeMillis, () => void waiting.delete(user))
      life.wantedBots = count
      return { wanted: life.wantedBots }
    },
  })

  on('userJoinRoom', ({ user }) => (user.isNpc ? undefined : life.welcome(user)))
  for (const event of ['userLeaveRoom', 'userLogout', 'userDisconnect'] as const) {
    on(event, ({ user }) => life.sawLeave(user))
  }
}
