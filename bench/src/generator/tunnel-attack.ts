/** Polls tunnels that there are not: `tunnel-attack.ts <port> <requests a second>`. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

const [port = 0, perSecond = 0] = process.argv.slice(2).map(Number)
const LINES = 50
const PAUSE = 10

const lines = Array.from({ length: LINES }, () => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  return socket.on('error', () => undefined).resume()
})
let next = 0
let owed = 0
setInterval(() => {
  owed += (perSecond * PAUSE) / 1000
  for (; owed >= 1; owed--) {
    const body = `sfsHttp=${randomBytes(16).toString('hex')}%7Cpoll%7Cnull`
    lines[next++ % LINES]?.write(
      `POST /BlueBox/BlueBox.do HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
  }
}, PAUSE)
process.on('disconnect', () => process.exit(0))
setTimeout(() => process.send?.({ type: 'ready' }), 500)
