import { defineExtension, refuseCall, refuseLogin, t } from '../../src/index.ts'

/** An extension that uses a little of everything. */
export const dice = defineExtension({
  requests: {
    roll: { params: { sides: t.int({ min: 2, max: 100 }) }, response: { eyes: t.int() } },
    ready: {},
    never: { response: {} },
    later: { params: { millis: t.int() }, response: { at: t.double() } },
    wrong: { response: {} },
    'control.*': { params: { power: t.preset(t.int(), 1) }, response: { did: t.string() } },
    raw: { params: t.sfsObject(), response: t.sfsObject() },
  },
  messages: { rolled: { by: t.string(), eyes: t.int() }, tick: { at: t.double() } },
  config: { eyes: t.int(), secret: t.preset(t.string(), 'open') },
  init(extension) {
    const rolls = extension.metrics.counter('rolls', 'Dice that were rolled.')
    const sides = extension.metrics.histogram('sides', 'How many sides they had.')
    const { eyes, secret } = extension.config
    extension.log.info('started', { eyes })
    extension.on('userLogin', attempt => {
      if (attempt.hasPassword && !attempt.checkPassword(secret))
        refuseLogin('password-wrong', attempt.userName)
      return attempt.params?.has('rename') ? { userName: `Sir ${attempt.userName}` } : undefined
    })
    extension.on('publicMessage', ({ text }) => (text === 'psst' ? false : { text: text.toUpperCase() }))
    extension.schedule.every(1000, () => {
      extension.send('tick', { at: now }, extension.zone)
    })
    let now = 0
    extension.schedule.every(100, () => {
      now += 100
    })
    extension.handle({
      roll({ user, params }) {
        if (params.sides === 13) refuseCall('unlucky', 'Thirteen sides bring bad luck')
        rolls.add()
        sides.observe(params.sides)
        extension.send('rolled', { by: user.name, eyes }, extension.zone)
        return { eyes }
      },
      ready() {},
      never: () => new Promise(() => {}),
      later: ({ params }) =>
        new Promise(resolve => extension.schedule.after(params.millis, () => resolve({ at: now }))),
      wrong() {
        throw new Error('a mistake')
      },
      'control.*': ({ command, params }) => ({ did: `${command} ${params.power}` }),
      raw: ({ params }) => params,
    })
  },
})
