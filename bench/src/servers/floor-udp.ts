/** The floor for UDP: a bare `node:dgram` socket that sends back what comes. */
import { createSocket } from 'node:dgram'
import { portOf, reportReady } from './child.ts'

const socket = createSocket('udp4')
socket.on('message', (message, { port, address }) => socket.send(message, port, address))
socket.bind(0, '127.0.0.1', () => reportReady(portOf(socket.address())))
