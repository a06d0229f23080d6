import { createSocket, type Socket as DatagramSocket } from 'node:dgram'
import { once } from 'node:events'
import { request } from 'node:https'
import { connect, type Socket } from 'node:net'
import {
  type Cipher,
  decodeObject,
  decodePacket,
  encodeObject,
  encodePacket,
  encodeRequest,
  PacketSplitter,
  SFSObject,
} from '@warren/codec'
import { aesCipher, zlibCompression } from '@warren/codec/node'

/** Where a server listens, and its zone; the one for those who encrypt has ` encrypted` behind its name. */
export interface Ports {
  readonly tcp: number
  readonly udp: number
  readonly https: number
  readonly zone: string
}

const HOST = '127.0.0.1'
const MAX_BODY = 1_000_000
const PARAMS = new SFSObject().putUtfString('s', 'x'.repeat(64))

/** Sends datagrams to a server that sends them back. */
export async function echoDatagrams(port: number): Promise<{ trip(): Promise<void>; close(): void }> {
  const socket = createSocket('udp4')
  socket.bind(0, HOST)
  await once(socket, 'listening')
  const message = Buffer.alloc(150)
  let done = () => {}
  socket.on('message', () => done())
  return {
    trip: () =>
      new Promise<void>(resolve => {
        done = resolve
        socket.send(message, port, HOST)
      }),
    close: () => socket.close(),
  }
}

/** A user who calls `echo` and waits for the answer, by UDP or by the line. */
export class EchoClient {
  readonly #line: Socket
  readonly #datagrams: DatagramSocket
  readonly #port: number
  #cipher: Cipher | undefined
  #userId = -1
  #packetId = 0
  #onPacket: (envelope: SFSObject) => void = () => undefined
  #onDatagram: () => void = () => undefined

  static async open(ports: Ports, encrypts: boolean): Promise<EchoClient> {
    const line = connect({ host: HOST, port: ports.tcp, noDelay: true })
    const datagrams = createSocket('udp4')
    datagrams.bind(0, HOST)
    await Promise.all([once(line, 'connect'), once(datagrams, 'listening')])
    const client = new EchoClient(line, datagrams, ports.udp)
    const hello = await client.#ask(encodeRequest('Handshake', { apiVersion: '1.7.5', isBinary: true }))
    if (encrypts)
      client.#cipher = aesCipher(await keyOf(ports.https, hello.getSFSObject('p').getUtfString('tk')))
    const zoneName = encrypts ? `${ports.zone} encrypted` : ports.zone
    const login = await client.#ask(encodeRequest('Login', { zoneName, userName: '', password: '' }))
    client.#userId = login.getSFSObject('p').getInt('id')
    await client.#bind()
    return client
  }

  private constructor(line: Socket, datagrams: DatagramSocket, port: number) {
    this.#line = line
    this.#datagrams = datagrams
    this.#port = port
    const splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY })
    line.on('data', chunk => splitter.push(chunk, (flags, body) => this.#onPacket(this.#read(flags, body))))
    datagrams.on('message', () => this.#onDatagram())
  }

  /** One call by UDP and its answer. One that is lost is called again, and takes that much longer. */
  byDatagram(): Promise<void> {
    return this.#send(() => {
      const call = new SFSObject().putUtfString('c', 'echo').putInt('r', -1).putSFSObject('p', PARAMS)
      const root = new SFSObject()
        .putByte('c', 1)
        .putInt('u', this.#userId)
        .putLong('i', ++this.#packetId)
      return this.#packet(encodeObject(root.putSFSObject('p', call)))
    })
  }

  /** One call by TCP and its answer. */
  async byLine(): Promise<void> {
    await this.#ask(encodeRequest('CallExtension', { command: 'echo', roomId: -1, params: PARAMS }))
  }

  close(): void {
    this.#line.destroy()
    this.#datagrams.close()
  }

  #bind(): Promise<void> {
    const init = () =>
      new SFSObject().putByte('c', 1).putByte('h', 1).putLong('i', 0).putInt('u', this.#userId)
    return this.#send(() => this.#packet(encodeObject(init())))
  }

  #send(datagram: () => Uint8Array): Promise<void> {
    return new Promise(resolve => {
      const send = () => this.#datagrams.send(datagram(), this.#port, HOST)
      const again = setInterval(send, 100)
      this.#onDatagram = () => {
        clearInterval(again)
        resolve()
      }
      send()
    })
  }

  #ask(body: Uint8Array): Promise<SFSObject> {
    return new Promise(resolve => {
      this.#onPacket = resolve
      this.#line.write(this.#packet(body))
    })
  }

  #packet(body: Uint8Array): Uint8Array {
    return encodePacket(body, this.#cipher === undefined ? {} : { cipher: this.#cipher })
  }

  #read(flags: number, body: Uint8Array): SFSObject {
    const plain = decodePacket(flags, body, {
      compression: zlibCompression,
      maxInflatedBytes: MAX_BODY,
      ...(this.#cipher === undefined ? {} : { cipher: this.#cipher }),
    })
    return decodeObject(plain)
  }
}

async function keyOf(port: number, token: string): Promise<Uint8Array> {
  const options = {
    host: HOST,
    port,
    path: '/BlueBox/CryptoManager',
    method: 'POST',
    rejectUnauthorized: false,
  }
  const asked = request(options)
  asked.end(`SessToken=${token}`)
  const [response] = await once(asked, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return Buffer.from(Buffer.concat(chunks).toString('latin1'), 'base64')
}
