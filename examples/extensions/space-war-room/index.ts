import { defineExtension } from '@warren/server'
import type { Fleet } from '../space-war/index.ts'
import type { Turn } from './bodies.ts'
import { config, messages, requests } from './contract.ts'
import { Flight } from './flight.ts'
import { STEP_MILLIS } from './space.ts'

/**
 * A room of the space war. The server flies all ships, 50 steps a second, and clients foresee between two messages where
 * they are: they are told when a course changes, never of a step.
 */
export default defineExtension({
  level: 'room',
  requests,
  messages,
  config,

  async init(extension) {
    const { handle, internal, on, room, schedule } = extension
    const fleet = (await internal.ask('space-war', 'fleet')) as Fleet
    const flight = new Flight(extension, fleet)

    handle({
      'control.rotate': ({ user, params }) => flight.steer(user, { turn: params.dir as Turn }),
      'control.thrust': ({ user, params }) => flight.steer(user, { isThrusting: params.go }),
      'control.fire': ({ user, params }) => flight.fire(user, params.wnum),
    })

    on('userJoinRoom', ({ user }) => flight.launch(user))
    for (const event of ['userLeaveRoom', 'userLogout', 'userDisconnect'] as const) {
      on(event, ({ user }) => flight.land(user))
    }
    // A client may set any variable of its user.
    on('userVariablesUpdate', ({ user, changes }) => flight.correct(user, changes))

    schedule.every(STEP_MILLIS, () => flight.step())
    // Those who were here before the extension was loaded anew.
    for (const user of room.users) flight.launch(user)
    return flight
  },

  destroy: flight => flight.end(),
})
