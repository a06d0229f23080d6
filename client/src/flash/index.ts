/** The sockets of Flash, for programs that were written against them. In pages; for Node see `./flash/node`. */
export type { Endianness } from './byte-queue.ts'
export { EOFError, IOError } from './errors.ts'
export { Socket, type SocketEvents } from './socket.ts'
export { XMLNode } from './xml-node.ts'
export { type FlashSocketOptions, XMLSocket } from './xml-socket.ts'
