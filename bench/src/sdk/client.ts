/** One client library that hears public messages in a room: the same script for each of them. */
import { SmartFox } from '@warren/client'
import { SmartFox as NodeSmartFox } from '@warren/client/node'
import SFS2X from 'sfs2x-api'
import type { ClientReply, ClientRequest, SdkName } from './protocol.ts'

const ZONE = 'Bench'
const ROOM = 'Bench'
const NAME = 'listener'

/** What a message brings, whatever the library. */
interface Heard {
  readonly sender: { readonly name: string }
  readonly room: { readonly name: string }
  readonly message: string
}

const report = (reply: ClientReply): void => void process.send?.(reply)

let expected = 0
let heard = 0
let letters = 0
let startedAt = 0
let cpuBefore = process.cpuUsage()

/** What the script does with a message: it looks at everything that came with it. */
function hear({ sender, room, message }: Heard): void {
  if (heard === 0) {
    startedAt = performance.now()
    cpuBefore = process.cpuUsage()
  }
  letters += sender.name.length + room.name.length + message.length
  if (++heard !== expected) return
  const { user, system } = process.cpuUsage(cpuBefore)
  if (letters === 0) throw new Error('Nothing was said')
  report({
    type: 'heard',
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
  })
}

async function enterWarren(port: number, isTcp: boolean): Promise<void> {
  const config = { host: '127.0.0.1', port, zone: ZONE }
  const sfs = isTcp ? new NodeSmartFox(config) : new SmartFox(config)
  await sfs.connect()
  await sfs.login(NAME)
  await sfs.join(ROOM)
  sfs.on('publicMessage', hear)
}

/** The events of the official client that the script waits for, and what it sends at each. */
function enterOfficial(port: number): Promise<void> {
  const { SFSEvent, LoginRequest, JoinRoomRequest } = SFS2X
  const sfs = new SFS2X.SmartFox({ host: '127.0.0.1', port, zone: ZONE, debug: false, useSSL: false })
  return new Promise(resolve => {
    sfs.addEventListener(SFSEvent.CONNECTION, () => sfs.send(new LoginRequest(NAME)), sfs)
    sfs.addEventListener(SFSEvent.LOGIN, () => sfs.send(new JoinRoomRequest(ROOM)), sfs)
    sfs.addEventListener(SFSEvent.ROOM_JOIN, () => resolve(), sfs)
    sfs.addEventListener(SFSEvent.PUBLIC_MESSAGE, hear, sfs)
    sfs.connect()
  })
}

process.on('message', ({ messages }: ClientRequest) => {
  expected = messages
  heard = 0
  report({ type: 'waiting' })
})
process.on('disconnect', () => process.exit(0))
const name = process.argv[2] as SdkName
const port = Number(process.argv[3])
try {
  await (name === 'official' ? enterOfficial(port) : enterWarren(port, name === 'warren-tcp'))
  report({ type: 'in' })
} catch (error) {
  report({ type: 'failed', reason: String(error) })
}
