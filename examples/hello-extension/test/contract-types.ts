/**
 * Checked by the compiler, never run: what the contract does not allow compiles on neither side. Each expected error
 * must be one, or the line is.
 */
import { defineExtension } from '@warren/server'
import { TypedExtension } from '../client/typed-extension.ts'
import { hello } from '../contract.ts'

declare const library: typeof import('sfs2x-api')
declare const sfs: import('sfs2x-api').SmartFox

export async function page(): Promise<void> {
  const dice = new TypedExtension(library, sfs, hello)

  const { total }: { total: number } = await dice.call('roll', { dice: 2 })
  dice.on('rolled', ({ by, eyes }: { by: string; eyes: readonly number[] }) => [by, eyes, total])

  // @ts-expect-error no such command
  await dice.call('rol', { dice: 2 })
  // @ts-expect-error no such param
  await dice.call('roll', { count: 2 })
  // @ts-expect-error a param of another type
  await dice.call('roll', { dice: '2' })
  // @ts-expect-error a param is missing
  await dice.call('roll')
  // @ts-expect-error none of the languages
  await dice.call('hello', { language: 'Klingon' })
  // @ts-expect-error the answer has no such value
  await dice.call('roll', { dice: 2 }).then(({ sum }) => sum)
  // @ts-expect-error no such message
  dice.on('roled', () => undefined)
  // @ts-expect-error the message has no such value
  dice.on('rolled', ({ who }) => who)
}

export const extensions = [
  defineExtension({
    ...hello,
    init({ handle, send, zone }) {
      handle({
        hello: () => ({ people: [], rolls: [], best: 0 }),
        roll({ user, params: { dice } }) {
          send('rolled', { by: user.name, eyes: [dice], total: dice, isBest: false }, zone)
          // @ts-expect-error no such message
          send('roled', { by: user.name }, zone)
          // @ts-expect-error a value is missing
          send('greeted', { by: user.name, language: 'Welsh' }, zone)
          // @ts-expect-error a value of another type
          send('left', { name: user }, zone)
          return { eyes: [dice], total: dice }
        },
      })
    },
  }),

  defineExtension({
    ...hello,
    init({ handle }) {
      // @ts-expect-error no handler for "roll"
      handle({ hello: () => ({ people: [], rolls: [], best: 0 }) })
      handle({
        // @ts-expect-error the answer lacks "best"
        hello: () => ({ people: [], rolls: [] }),
        // @ts-expect-error there is no param "count"
        roll: ({ params: { count } }) => ({ eyes: [count], total: count }),
      })
    },
  }),
]
