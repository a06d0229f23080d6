import { type Dialect, openMember } from '../dialect.ts'
import { clientFrame, plainPacket, WS_BINARY } from '../framing.ts'

/** The floors: whoever is connected is in the room, and a message is its payload. */
export const plain: Dialect = {
  open(target, buffer) {
    const { host, port, webSocket } = target
    return openMember(webSocket ? { host, port, path: '/' } : { host, port }, buffer)
  },
  async join() {},
  messageFrame(payload, webSocket) {
    return webSocket ? clientFrame(payload, WS_BINARY) : plainPacket(payload)
  },
  other() {},
}
