import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defineContract, t as shape } from '@warren/codec/schema'
import {
  Accounts,
  Buddies,
  type Buddy,
  JoinRoomRequest,
  rooms,
  SFSBuddyEvent,
  SFSEvent,
  type SFSEvents,
  type SmartFox,
  users,
} from '../src/index.ts'

const dice = defineContract({
  requests: {
    roll: { params: { sides: shape.int() }, response: { eyes: shape.int() } },
    stop: {},
  },
  messages: { rolled: { eyes: shape.int() } },
})

/** As `defineExtension` has it, where requests and messages may be missing. */
declare const bank: {
  readonly requests?: {
    readonly balance: {
      readonly response: {
        readonly cents: ReturnType<typeof shape.long>
        readonly owner: ReturnType<typeof shape.string>
      }
    }
    readonly pay: {
      readonly params: {
        readonly to: ReturnType<typeof shape.string>
        readonly cents: ReturnType<typeof shape.long>
      }
    }
  }
}

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Does not compile unless the two are the same. */
const same = <A, B>(_isSame: Equal<A, B>): void => {}

// The compiler is the referee here; nothing of this runs.
const compiled: readonly ((sfs: SmartFox) => unknown)[] = [
  sfs => sfs.on('roomJoin', event => same<typeof event, SFSEvents['roomJoin']>(true)),
  sfs => sfs.on(SFSEvent.ROOM_JOIN, ({ room }) => room.users),
  sfs =>
    sfs.addEventListener(SFSEvent.PUBLIC_MESSAGE, ({ sender, message }) =>
      same<[typeof sender.name, typeof message], [string, string]>(true),
    ),
  // @ts-expect-error there is no such event
  sfs => sfs.on('roomJoined', () => {}),
  // @ts-expect-error nothing of that name comes with it
  sfs => sfs.on('roomJoin', ({ user }) => user),
  sfs =>
    sfs
      .extension(dice)
      .call('roll', { sides: 6 })
      .then(({ eyes }) => same<typeof eyes, number>(true)),
  sfs =>
    sfs
      .extension(dice)
      .call('stop')
      .then(nothing => same<typeof nothing, undefined>(true)),
  sfs => sfs.extension(dice).on('rolled', ({ eyes }) => same<typeof eyes, number>(true)),
  // @ts-expect-error there is no such command
  sfs => sfs.extension(dice).call('role', { sides: 6 }),
  // @ts-expect-error a param is missing
  sfs => sfs.extension(dice).call('roll', {}),
  // @ts-expect-error there are params
  sfs => sfs.extension(dice).call('roll'),
  // @ts-expect-error a param is of another type
  sfs => sfs.extension(dice).send('roll', { sides: 'six' }),
  // @ts-expect-error there is no such message
  sfs => sfs.extension(dice).on('roled', () => {}),
  // @ts-expect-error the message has no such value
  sfs => sfs.extension(dice).on('rolled', ({ ears }) => ears),
  sfs =>
    sfs
      .extension<typeof dice>('dice')
      .call('roll', { sides: 6 })
      .then(({ eyes }) => same<typeof eyes, number>(true)),
  sfs => sfs.extension<typeof dice>('dice').on('rolled', ({ eyes }) => same<typeof eyes, number>(true)),
  sfs =>
    sfs
      .extension<typeof bank>('bank')
      .call('balance')
      .then(({ cents, owner }) => same<[typeof cents, typeof owner], [bigint | number, string]>(true)),
  // @ts-expect-error there is no such command
  sfs => sfs.extension<typeof dice>('dice').call('role', { sides: 6 }),
  // @ts-expect-error a param is of another type
  sfs => sfs.extension<typeof dice>('dice').send('roll', { sides: 'six' }),
  // @ts-expect-error a param is missing
  sfs => sfs.extension<typeof bank>('bank').call('pay', { to: 'Ann' }),
  // @ts-expect-error there is no such message
  sfs => sfs.extension<typeof dice>('dice').on('roled', () => {}),
  // @ts-expect-error what is no extension has no commands
  sfs => sfs.extension<number>('dice'),
  sfs => sfs.on('buddyAdd', event => same<typeof event, SFSEvents['buddyAdd']>(true)),
  sfs =>
    sfs.on(SFSBuddyEvent.BUDDY_MESSAGE, ({ isItMe, buddy, message }) =>
      isItMe
        ? same<[typeof buddy, typeof message], [undefined, string]>(true)
        : same<typeof buddy, Buddy>(true),
    ),
  sfs => new Buddies(sfs).add('Bob').then(buddy => same<typeof buddy, Buddy>(true)),
  sfs => new Buddies(sfs).setVariables({ $mood: 'fine', song: null }),
  sfs =>
    new Accounts(sfs)
      .signUp({ name: 'Ann', password: 'green', extra: { team: 'frogs' } })
      .then(({ isToBeConfirmed }) => same<typeof isToBeConfirmed, boolean>(true)),
  // @ts-expect-error nobody signs up without a password
  sfs => new Accounts(sfs).signUp({ name: 'Ann' }),
  // @ts-expect-error there is no such field
  sfs => new Accounts(sfs, { nick: 'nick' }),
  // @ts-expect-error nothing comes with an own message but what was said
  sfs => sfs.on('buddyMessage', ({ buddy }) => buddy.name),
  // @ts-expect-error there is no such event
  sfs => sfs.on('buddyOnline', () => {}),
  // @ts-expect-error a variable holds no function
  sfs => new Buddies(sfs).setVariables({ mood: () => 5 }),
  // @ts-expect-error buddies are kept by name
  sfs => new Buddies(sfs).add(5),
  // @ts-expect-error the list is there once it is loaded
  sfs => sfs.buddyList.size,
  sfs => sfs.findRooms(rooms().where('isGame', '==', true).whereVariable('rank', '<=', 5)),
  // @ts-expect-error rooms have no such property
  () => rooms().where('isPlayer', '==', true),
  // @ts-expect-error a text is not compared by size
  () => rooms().where('name', '>', 'a'),
  // @ts-expect-error a number is not compared with a text
  () => rooms().where('maxUsers', '==', '5'),
  // @ts-expect-error rooms are searched by properties of rooms
  sfs => sfs.findRooms(users()),
  // @ts-expect-error a room is named by itself, its id or its name
  () => new JoinRoomRequest(true),
  // @ts-expect-error only requests are sent
  sfs => sfs.send({ name: 'Logout', fields: {} }),
  // @ts-expect-error a variable holds no function
  sfs => sfs.setUserVariables({ rank: () => 5 }),
  sfs => {
    // @ts-expect-error nobody but the client changes what it knows
    sfs.mySelf = undefined
  },
]

describe('the types of the client', () => {
  test('let pass what is right and nothing else', () => {
    assert.ok(compiled.length > 0)
  })
})
