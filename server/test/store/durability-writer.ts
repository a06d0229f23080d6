/**
 * Writes until it is killed, and says each number once it is confirmed: `<key> <n>` for a value of an extension,
 * `room <n>` for two rooms that are saved together, `account <n>` for an account whose name and e-mail address have
 * the number. The argument is the address of the store, as JSON.
 */
import { writeSync } from 'node:fs'
import { createStore } from '../../src/store/create-store.ts'
import { ACCOUNT, ROOM } from './store-contract.ts'

const WRITERS = 8

const store = createStore(JSON.parse(process.argv[2] ?? ''))
await store.open()
const data = store.data.of('durability')
const start = (key: string, write: (n: number) => Promise<void>, first: number) => {
  const next = async (n: number): Promise<void> => {
    await write(n)
    confirm(key, n)
    return next(n + 1)
  }
  void next(first)
}

for (let writer = 0; writer < WRITERS; writer++) {
  const key = `k${writer}`
  const last = await data.get(key)
  start(key, n => data.set(key, n), typeof last === 'number' ? last + 1 : 0)
}
const [room] = await store.rooms.load('Test', { name: 'a' })
start(
  'room',
  n => store.rooms.save('Test', [numbered('a', n), numbered('b', n)]),
  room === undefined ? 0 : room.maxUsers + 1,
)
let members = 0
while ((await store.accounts.find('Test', `member${members}`)) !== undefined) members++
start(
  'account',
  async n => {
    await store.accounts.add('Test', { ...ACCOUNT, name: `member${n}`, email: null }, 0)
    await store.accounts.change('Test', `member${n}`, { email: `member${n}@x`, extra: { n } })
  },
  members,
)

/** Says a number, at once. Where the reader is busy the pipe is full for a while. */
function confirm(key: string, n: number): void {
  let rest = Buffer.from(`${key} ${n}\n`)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

function numbered(name: string, n: number) {
  return { ...ROOM, name, maxUsers: n }
}
