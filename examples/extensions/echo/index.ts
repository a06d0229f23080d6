import { defineExtension, refuseCall, t } from '@warren/server'

const text = t.string({ minLength: 1, maxLength: 200 })

/** Says back what it is told: at once, later, or to everybody in the room. */
export default defineExtension({
  requests: {
    /** Any object, as it came. */
    echo: { params: t.sfsObject(), response: t.sfsObject() },
    /** The same words, after some seconds. What the client asks meanwhile waits. */
    later: { params: { text, seconds: t.double({ min: 0 }) }, response: { text } },
    /** The words, to everybody in the room that was joined last. Refused with `no-room`. */
    shout: { params: { text } },
  },
  messages: {
    shouted: { by: t.string(), text },
  },
  config: {
    maxSeconds: t.preset(t.int({ min: 0, max: 20 }), 5),
  },

  init({ zone, config, schedule, handle, send }) {
    const pause = (seconds: number) => new Promise<void>(resolve => schedule.after(seconds * 1000, resolve))

    handle({
      echo: ({ params }) => params,

      async later({ params }) {
        if (params.seconds > config.maxSeconds) {
          refuseCall('too-long', `Nothing is kept for more than ${config.maxSeconds} s`)
        }
        await pause(params.seconds)
        return { text: params.text }
      },

      shout({ user, params }) {
        const room = zone.lastJoinedRoom(user) ?? refuseCall('no-room', 'Join a room first')
        send('shouted', { by: user.name, text: params.text }, room)
      },
    })
  },
})
