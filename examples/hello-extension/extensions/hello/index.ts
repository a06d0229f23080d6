import { defineExtension, type Extension, refuseCall, t } from '@warren/server'
import { GREETINGS, hello } from '../../contract.ts'
import { Table } from './table.ts'

const config = {
  /** How long dice roll before the same person may roll again. */
  rollMillis: t.preset(t.int({ min: 0, max: 60_000 }), 800),
  /** How many rolls a newcomer is told of. */
  keptRolls: t.preset(t.int({ min: 0, max: 100 }), 12),
}

/** Where the highest total is kept. */
const BEST = 'best'

type HelloExtension = Extension<typeof hello.requests, typeof hello.messages, 'zone', typeof config>

/** One table at which everybody rolls dice. */
export default defineExtension({
  ...hello,
  config,

  async init(extension) {
    const best = await extension.data.get(BEST)
    return serve(extension, new Table(typeof best === 'number' ? best : 0))
  },

  // Whoever sits at the table stays there when this file changes. What was scheduled has ended with the old version.
  reload(extension, table: Table) {
    table.stopRolling()
    return serve(extension, table)
  },
})

function serve(extension: HelloExtension, table: Table): Table {
  const { config, data, handle, metrics, on, schedule, send } = extension
  const diceRolled = metrics.counter('dice_total', 'Dice that were rolled.')

  handle({
    hello({ user, params: { language } }) {
      table.seat(user)
      send('greeted', { by: user.name, language, text: GREETINGS[language] }, table.people)
      return { people: Array.from(table.people, ({ name }) => name), rolls: table.rolls, best: table.best }
    },

    async roll({ user, params: { dice } }) {
      if (!table.has(user)) refuseCall('not-seated', 'Say hello first')
      if (table.isRolling(user)) refuseCall('too-soon', 'Your dice are still rolling')
      const eyes = Array.from({ length: dice }, () => 1 + Math.floor(Math.random() * 6))
      const roll = table.roll(user, eyes, config.keptRolls)
      schedule.after(config.rollMillis, () => table.stopRolling(user))
      diceRolled.add(dice)
      send('rolled', roll, table.people)
      if (roll.isBest) await data.set(BEST, roll.total)
      return roll
    },
  })

  for (const event of ['userLogout', 'userDisconnect'] as const) {
    on(event, ({ user }) => {
      if (table.leave(user)) send('left', { name: user.name }, table.people)
    })
  }
  return table
}
