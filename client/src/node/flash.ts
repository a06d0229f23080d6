/** The sockets of Flash in Node: TCP. */
import { Socket as BrowserSocket } from '../flash/socket.ts'
import { XMLSocket as BrowserXMLSocket } from '../flash/xml-socket.ts'
import { openTcpStream } from './tcp-stream.ts'

export type { Endianness } from '../flash/byte-queue.ts'
export { EOFError, IOError } from '../flash/errors.ts'
export type { SocketEvents } from '../flash/socket.ts'
export { XMLNode } from '../flash/xml-node.ts'

/**
 * The Socket of ActionScript 3, over TCP.
 * @example
 * const socket = new Socket()
 * socket.on('connect', () => socket.writeUTFBytes('GET / HTTP/1.1\n\n'))
 * socket.on('socketData', () => console.log(socket.readUTFBytes(socket.bytesAvailable)))
 * socket.connect('localhost', 8080)
 */
export class Socket extends BrowserSocket {
  constructor() {
    super({}, openTcpStream)
  }
}

/**
 * The XMLSocket of ActionScript 2, over TCP.
 * @example
 * const server = new XMLSocket()
 * server.onXML = xml => console.log(String(xml))
 * server.connect('localhost', 9875)
 */
export class XMLSocket extends BrowserXMLSocket {
  constructor() {
    super({}, openTcpStream)
  }
}
