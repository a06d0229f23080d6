/** Sends datagrams that belong to nobody to a port, so many a second. */
import { createSocket } from 'node:dgram'
import { encodeObject, encodePacket, SFSObject } from '@warren/codec'

const [port = 0, perSecond = 0] = process.argv.slice(2).map(Number)
/** No more at once than the kernel keeps for the server, or most would never get there. */
const MOST_AT_ONCE = 200

const init = (user: number): Uint8Array =>
  encodePacket(
    encodeObject(new SFSObject().putByte('c', 1).putByte('h', 1).putLong('i', 0).putInt('u', user)),
  )
const garbage = Buffer.alloc(200, 0xc5)
const socket = createSocket('udp4')
let sent = 0
let started = 0

/** Sends what is due by now. */
function burst(): void {
  const due = Math.min(MOST_AT_ONCE, Math.floor(((performance.now() - started) * perSecond) / 1000) - sent)
  for (let count = 0; count < due; count++) {
    socket.send(count % 2 === 0 ? init(count) : garbage, port, '127.0.0.1', () => undefined)
  }
  sent += Math.max(0, due)
  setTimeout(burst, 1)
}

socket.bind(0, '127.0.0.1', () => {
  process.on('disconnect', () => process.exit(0))
  process.on('message', () => process.send?.({ type: 'sent', sent }))
  process.send?.({ type: 'ready' })
  started = performance.now()
  burst()
})
