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
import { PICTURE, WORLD, worldSources } from './world-extension.ts'

/** WebSocket code of a close in order. */
const NORMAL = 1000
/** The same of a server that stops. */
const GOING_AWAY = 1001
const ADDRESS = '127.0.0.1'

/** Seconds after which the recorded server let a silent user of `BHIdle` go. */
const RECORDED_IDLE_SECONDS = 31
const RECORDED_ZONES = ZONES.map(zone =>
  zone.name === 'BHIdle' ? { ...zone, maxUserIdleSeconds: RECORDED_IDLE_SECONDS } : zone,
).map(zone => ({
  ...zone,
  extensions: [{ name: 'test', config: {} }],
  rooms: zone.rooms.map(room =>
    zone.name === 'SimpleMMOWorld2'
      ? { ...room, extensions: [WORLD, PICTURE].map(name => ({ name, config: {} })) }
      : room,
  ),
}))

/** Our own server, without sockets and with time that is moved by hand. */
export async function openStage({
  closeDelaySeconds = 1,
}: Pick<Scenario, 'closeDelaySeconds'> = {}): Promise<Stage> {
  const server = new TestServer({
    zones: RECORDED_ZONES,
    closeDelaySeconds,
    extensions: { test: testExtension },
    sources: await worldSources(),
  })
  await server.start()
  const connections = new Set<StageConnection>()
  return {
    now: () => server.now(),
    settle: () => server.settle(),
    advance: millis => server.advance(millis),
    connect: (line, heard) => {
      const connection = new StageConnection(line, heard)
      connections.add(connection)
      return clientEnd(connection, server.accept(connection))
    },
    datagram: (message, port) => server.core.datagrams.receive(message, ADDRESS, port),
    hearDatagrams: heard =>
      server.core.datagrams.open((message, _address, port) => {
        heard(message, port)
        return true
      }),
    key: token => server.core.giveKey(token),
    tunnel: (body, answered) =>
      server.tunnel(body, {
        address: ADDRESS,
        isSecure: false,
        answer: (text, left) => {
          answered({ status: 200, text: text.toString('latin1') })
          queueMicrotask(() => left?.(true))
        },
        status: status => answered({ status, text: '' }),
        hold: () => undefined,
      }),
    stop: () => {
      const open = [...connections].filter(connection => connection.isOpen)
      for (const connection of open) connection.shutDown()
      for (const connection of open) connection.handler?.onClose('shutdown')
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
  readonly transport: Line
  readonly framing: Connection['framing']
  readonly remoteAddress = ADDRESS
  readonly bufferedBytes = 0
  handler: ConnectionHandler | undefined
  isOpen = true
  readonly #heard: StageListener

  constructor(line: Line, heard: StageListener) {
    this.transport = line
    this.framing = line === 'tcp' ? 'stream' : 'message'
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

  /** The server closes the line because it stops; nothing is sent any more. */
  shutDown(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#heard.onClosed(this.framing === 'message' ? GOING_AWAY : undefined)
  }

  /** The line is gone; the server is told why. */
  end(reason: Parameters<ConnectionHandler['onClose']>[0]): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.handler?.onClose(reason)
  }
}
