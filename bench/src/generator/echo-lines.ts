import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { PacketSplitter } from '@warren/codec'
import { WebSocket } from 'ws'
import type { LinePorts } from '../servers/child.ts'

/** The ways to a server. */
export const WAYS = ['TCP', 'WebSocket', 'BlueBox', 'UDP'] as const
export type Way = (typeof WAYS)[number]

/** A client's end of a line that sends a packet and waits for one. */
export interface EchoLine {
  /** Sends a packet. @returns the body of the next one that comes */
  ask(packet: Uint8Array): Promise<Uint8Array>
  close(): void
}

const HOST = '127.0.0.1'
const MAX_BODY = 1_000_000

export function openEchoLine(way: Way, ports: LinePorts): Promise<EchoLine> {
  switch (way) {
    case 'TCP':
      return openTcp(ports.tcp)
    case 'WebSocket':
      return openWebSocket(ports.http)
    case 'BlueBox':
      return openTunnel(ports.http)
    case 'UDP':
      return openUdp(ports.udp)
  }
}

/** Waits for one packet at a time. */
class Arrival {
  readonly #splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY })
  #resolve: (body: Uint8Array) => void = () => undefined

  next(): Promise<Uint8Array> {
    return new Promise(resolve => {
      this.#resolve = resolve
    })
  }

  read(bytes: Uint8Array): void {
    this.#splitter.push(bytes, (_flags, body) => this.#resolve(body))
  }
}

async function openTcp(port: number): Promise<EchoLine> {
  const socket = connect({ host: HOST, port, noDelay: true })
  await once(socket, 'connect')
  const arrival = new Arrival()
  socket.on('data', chunk => arrival.read(chunk))
  return {
    ask: packet => {
      const next = arrival.next()
      socket.write(packet)
      return next
    },
    close: () => socket.destroy(),
  }
}

async function openWebSocket(port: number): Promise<EchoLine> {
  const socket = new WebSocket(`ws://${HOST}:${port}/BlueBox/websocket`, { perMessageDeflate: false })
  await once(socket, 'open')
  const arrival = new Arrival()
  socket.on('message', data => arrival.read(data as Buffer))
  return {
    ask: packet => {
      const next = arrival.next()
      socket.send(packet)
      return next
    },
    close: () => socket.terminate(),
  }
}

async function openUdp(port: number | undefined): Promise<EchoLine> {
  if (port === undefined) throw new Error('The server has no UDP port')
  const socket = createSocket('udp4')
  socket.bind(0, HOST)
  await once(socket, 'listening')
  const arrival = new Arrival()
  socket.on('message', message => arrival.read(message))
  return {
    ask: packet => {
      const next = arrival.next()
      socket.send(packet, port, HOST)
      return next
    },
    close: () => socket.close(),
  }
}

async function openTunnel(port: number): Promise<EchoLine> {
  const agent = new Agent({ keepAlive: true })
  const post = (id: string, command: string, data: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = `sfsHttp=${encodeURIComponent(`${id}|${command}|${data}`)}`
      const request = httpRequest({
        host: HOST,
        port,
        path: '/BlueBox/BlueBox.do',
        method: 'POST',
        agent,
        headers: { 'Content-Length': body.length },
      })
      request.on('error', reject)
      request.on('response', response => {
        let text = ''
        response.on('data', chunk => {
          text += chunk
        })
        response.on('end', () => resolve(text))
      })
      request.end(body)
    })
  const [, id = ''] = (await post('null', 'connect', 'null')).split('|')
  const arrival = new Arrival()
  let isOpen = true
  const poll = async () => {
    while (isOpen) {
      const [, data = 'null'] = (await post(id, 'poll', 'null')).split('|')
      if (data !== 'null') arrival.read(Buffer.from(data, 'base64'))
    }
  }
  poll().catch(error => {
    if (isOpen) throw error
  })
  return {
    ask: async packet => {
      const next = arrival.next()
      await Promise.all([next, post(id, 'data', Buffer.from(packet).toString('base64'))])
      return await next
    },
    close: () => {
      isOpen = false
      agent.destroy()
    },
  }
}
