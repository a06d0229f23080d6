import { type Dialect, openMember } from '../dialect.ts'
import { clientFrame, plainPacket, WS_BINARY } from '../framing.ts'

/** Half of what a call of Warren's and its answer have together, their headers aside. */
const CALL_BYTES = 110
const FILLER = 0x61

/** The floors: whoever is connected is in the room, and a message is its payload. */
export const plain: Dialect = {
  open(target, buffer) {
    const { host, port, webSocket } = target
    return openMember(webSocket ? { host, port, path: '/' } : { host, port }, buffer)
  },
  join: async () => 0,
  messageFrame(payload, webSocket) {
    return webSocket ? clientFrame(payload, WS_BINARY) : plainPacket(payload)
  },
  callFrame(_line, _call, payload, webSocket) {
    const body = new Uint8Array(CALL_BYTES).fill(FILLER)
    body.set(payload)
    return this.messageFrame(body, webSocket, 0)
  },
  other() {},
}
