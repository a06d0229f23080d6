import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { decodeObject, encodeObject, SFSObject } from '@warren/codec'
import { pack, unpack } from 'msgpackr'
import SFS2X from 'sfs2x-api'

/** The player of a game as it is sent on each change: ten fields, one of them an object. */
const player = {
  id: 4711,
  name: 'Kermit the Frog',
  room: 'The Lobby',
  alive: true,
  health: 87,
  x: 1204.25,
  y: -331.5,
  score: 1_234_567_890_123,
  items: [3, 1, 4, 15926, 5],
  avatar: { skin: 'green', level: 12, speed: 1.75 },
}

interface SfsObject<O> {
  putInt(key: string, value: number): unknown
  putShort(key: string, value: number): unknown
  putLong(key: string, value: number): unknown
  putBool(key: string, value: boolean): unknown
  putDouble(key: string, value: number): unknown
  putUtfString(key: string, value: string): unknown
  putIntArray(key: string, value: number[]): unknown
  putSFSObject(key: string, value: O): unknown
}

/** The same player in an SFSObject of either library. */
function filled<O extends SfsObject<O>>(object: O, avatar: O): O {
  object.putInt('id', player.id)
  object.putUtfString('name', player.name)
  object.putUtfString('room', player.room)
  object.putBool('alive', player.alive)
  object.putShort('health', player.health)
  object.putDouble('x', player.x)
  object.putDouble('y', player.y)
  object.putLong('score', player.score)
  object.putIntArray('items', player.items)
  avatar.putUtfString('skin', player.avatar.skin)
  avatar.putShort('level', player.avatar.level)
  avatar.putDouble('speed', player.avatar.speed)
  object.putSFSObject('avatar', avatar)
  return object
}

interface OfficialObject extends SfsObject<OfficialObject> {
  toBinary(): ArrayBuffer | Uint8Array
  getUtfString(key: string): string
}

const official = (
  SFS2X as unknown as {
    SFSObject: { new (): OfficialObject; newFromBinaryData(bytes: unknown): OfficialObject }
  }
).SFSObject

const ours = filled<SfsObject<SFSObject> & SFSObject>(new SFSObject(), new SFSObject())
const theirs = filled(new official(), new official())
const bytes = encodeObject(ours)
const theirBytes = theirs.toBinary()
const packed = pack(player)

assert.deepEqual(Buffer.from(new Uint8Array(theirBytes)), Buffer.from(bytes))
assert.deepEqual(unpack(packed), player)

let sink = 0

/** What is measured; each returns something so that it cannot be left out. */
const tasks = {
  'warren encode': () => encodeObject(ours).length,
  'warren decode': () => decodeObject(bytes).size,
  'msgpackr encode': () => pack(player).length,
  'msgpackr decode': () => (unpack(packed) as typeof player).id,
  'official encode': () => (theirs.toBinary() as Uint8Array).byteLength,
  'official decode': () => official.newFromBinaryData(theirBytes).getUtfString('name').length,
}

type TaskName = keyof typeof tasks

/** Nanoseconds a run, over about `millis` milliseconds. */
function time(task: () => number, millis: number): number {
  const started = process.hrtime.bigint()
  const until = started + BigInt(Math.round(millis * 1e6))
  let runs = 0
  let now = started
  while (now < until) {
    for (let i = 0; i < 200; i++) sink += task()
    runs += 200
    now = process.hrtime.bigint()
  }
  return Number(now - started) / runs
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** Medians of interleaved rounds, so that a busy moment of the machine meets all alike. */
function measure(rounds: number, millis: number): Record<TaskName, number> {
  const names = Object.keys(tasks) as TaskName[]
  const samples = new Map<TaskName, number[]>(names.map(name => [name, []]))
  for (let warmUp = 0; warmUp < 3; warmUp++) for (const name of names) time(tasks[name], 100)
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples.get(name)?.push(time(tasks[name], millis))
  }
  return Object.fromEntries(names.map(name => [name, median(samples.get(name) ?? [])])) as Record<
    TaskName,
    number
  >
}

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, millis: { type: 'string', default: '15' } },
})
const result = measure(Number(options.rounds), Number(options.millis))
const both = (library: string): number =>
  result[`${library} encode` as TaskName] + result[`${library} decode` as TaskName]

console.log(`ten-field nested object: ${bytes.length} bytes, msgpack ${packed.length} bytes`)
for (const [name, nanos] of Object.entries(result))
  console.log(`${name.padEnd(18)} ${nanos.toFixed(0).padStart(7)} ns`)
for (const step of ['encode', 'decode'] as const) {
  const own = result[`warren ${step}`]
  console.log(
    `${step}: ${(result[`official ${step}`] / own).toFixed(1)} x the official client, ` +
      `${(own / result[`msgpackr ${step}`]).toFixed(2)} of msgpackr's time`,
  )
}
console.log(
  `both: ${(both('official') / both('warren')).toFixed(1)} x the official client (goal 40), ` +
    `${(both('warren') / both('msgpackr')).toFixed(2)} of msgpackr's time (goal 1.2)`,
)
assert.ok(sink > 0)
