import {
  type Connection,
  type ConnectionHandler,
  type OutgoingPacket,
  TestServer,
} from '@warren/server/internal'
import { ZONES } from '../target/zones.ts'
import type { Scenario } from './scenarios.ts'
import type { Stage, StageLine, StageListener } from './stage.ts'
import { testExtension } from './test-extension.ts'
import type { Line } from './trace.ts'

/** WebSocket code of a close in order. */
const NORMAL = 1000

/** Seconds after which the recorded server let a silent user of `BHIdle` go. */
const RECORDED_IDLE_SECONDS = 31
const RECORDED_ZONES = ZONES.map(zone =>
  zone.name === 'BHIdle' ? { ...zone, maxUserIdleSeconds: RECORDED_IDLE_SECONDS } : zone,
).map(zone => ({ ...zone, extensions: [{ name: 'test', config: {} }] }))

/** Our own server, without sockets and with time that is moved by hand. */
export async function openStage({
  closeDelaySeconds = 1,
}: Pick<Scenario, 'closeDelaySeconds'> = {}): Promise<Stage> {
  const server = new TestServer({
    zones: RECORDED_ZONES,
    closeDelaySeconds,
    extensions: { test: testExtension },
  })
  await server.start()
  return {
    now: () => server.now(),
    settle: () => server.settle(),
    advance: millis => server.advance(millis),
    connect: (line, heard) => {
      const connection = new StageConnection(line, heard)
      return clientEnd(connection, server.accept(connection))
    },
  }
}

/** The client's end of a line. */
function clientEnd(connection: StageConnection, handler: ConnectionHandler): StageLine {
  connection.handler = handler
  return {
    send: bytes => {
      if (connection.isOpen) handler.onBytes(bytes)
    },
    close: () => connection.end('client'),
    abort: () => connection.end('lost'),
  }
}

/** The server's end of a line without a socket: what is sent is heard at once. */
class StageConnection implements Connection {
  readonly transport = 'memory'
  readonly framing: Connection['framing']
  readonly remoteAddress = '127.0.0.1'
  readonly bufferedBytes = 0
  handler: ConnectionHandler | undefined
  isOpen = true
  readonly #heard: StageListener

  constructor(line: Line, heard: StageListener) {
    this.framing = line === 'ws' ? 'message' : 'stream'
    this.#heard = heard
  }

  send(packets: readonly OutgoingPacket[]): boolean {
    if (this.isOpen) for (const packet of packets) this.#heard.onPacket(packet.bytes)
    return true
  }

  allowMessage(): boolean {
    return true
  }

  established(): void {}

  close(): void {
    if (!this.isOpen) return
    this.#heard.onClosed(this.framing === 'message' ? NORMAL : undefined)
    this.end('server')
  }

  destroy(): void {
    this.close()
  }

  /** The line is gone; the server is told why. */
  end(reason: Parameters<ConnectionHandler['onClose']>[0]): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.handler?.onClose(reason)
  }
}
