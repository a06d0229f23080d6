/** Cuts lines and comes back on new ones, and leaves sessions without any behind. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { LinePorts } from '../servers/child.ts'
import { type ResumeWay, ResumingUser } from './resuming-user.ts'

/** What the benchmark asks of this process. */
export type ResumeRequest =
  | { readonly type: 'open'; readonly ports: LinePorts; readonly zone: string }
  | { readonly type: 'resume'; readonly way: ResumeWay; readonly times: number; readonly missed: number }
  | { readonly type: 'freeze'; readonly sessions: number; readonly joins: boolean }
  | { readonly type: 'say'; readonly times: number }

/** What it answers. */
export type ResumeReply =
  | { readonly type: 'done' }
  /** Milliseconds of each resume. */
  | { readonly type: 'times'; readonly times: readonly number[] }
  | { readonly type: 'failed'; readonly reason: string }

/** How long the server may take to notice that lines were cut, in milliseconds. */
const NOTICED = 1000
const TEXT = 'x'.repeat(64)

let ports: LinePorts = { tcp: 0, http: 0 }
let zone = ''
let talker: ResumingUser | undefined
let users = 0

async function answer(request: ResumeRequest): Promise<ResumeReply> {
  switch (request.type) {
    case 'open':
      ports = request.ports
      zone = request.zone
      talker = new ResumingUser('TCP', ports)
      await talker.join(zone, 'talker')
      return { type: 'done' }
    case 'resume':
      return { type: 'times', times: await resume(request.way, request.times, request.missed) }
    case 'freeze':
      await freeze(request.sessions, request.joins)
      return { type: 'done' }
    case 'say':
      await talker?.say(TEXT, request.times)
      return { type: 'done' }
  }
}

async function resume(way: ResumeWay, times: number, missed: number): Promise<number[]> {
  const user = new ResumingUser(way, ports)
  await user.join(zone, nextName())
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    user.cut()
    // What is told before the server has noticed is lost to those who do not count.
    await sleep(5)
    await talker?.say(TEXT, missed)
    taken.push(await user.comeBack(missed))
  }
  user.cut()
  return taken
}

async function freeze(sessions: number, joins: boolean): Promise<void> {
  const crowd = Array.from({ length: sessions }, () => new ResumingUser('TCP', ports))
  for (const user of crowd) await (joins ? user.join(zone, nextName()) : user.logIn(zone, nextName()))
  for (const user of crowd) user.cut()
  await sleep(NOTICED)
}

/** Names of those who went stay taken. */
function nextName(): string {
  users++
  return `user${users}`
}

process.on('disconnect', () => process.exit(0))
process.on('message', (request: ResumeRequest) => {
  answer(request)
    .catch((error: unknown): ResumeReply => ({ type: 'failed', reason: String(error) }))
    .then(done => process.send?.(done))
})
process.send?.({ type: 'ready' })
