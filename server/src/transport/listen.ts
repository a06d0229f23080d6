import type { AddressInfo, Server } from 'node:net'

/** Where a listener listens. */
export interface ListenAddress {
  readonly host: string
  /** 0 is any free port. */
  readonly port: number
}

/** A port that cannot be listened on. Its message is one line that says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  /** As the system calls it: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` and so on. */
  readonly code: string

  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Connections that the kernel keeps until they are accepted; Linux allows 4096 unless told otherwise. */
const BACKLOG = 4096

/**
 * Opens a listening socket.
 * @returns the real port
 * @throws ListenError when the port cannot be had
 */
export function listen(server: Server, { host, port }: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      reject(listenError(error, { host, port }))
    }
    server.once('error', onError)
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.removeListener('error', onError)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Stops listening; the connections that are open stay so. Resolves when the port is free. */
export async function stopListening(server: Server): Promise<void> {
  // The callback of `close` waits for the last connection; the port is free one turn of the loop later.
  server.close()
  await new Promise(resolve => setImmediate(resolve))
}

/** What a failure to listen is to those who started the server. */
export function listenError(error: NodeJS.ErrnoException, { host, port }: ListenAddress): ListenError {
  return new ListenError(error.code ?? 'UNKNOWN', `${host}:${port} ${advice(error)}`, error)
}

function advice(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return 'is already in use: stop the program that has it, or choose another port (0 for any free one)'
    case 'EACCES':
      return 'may not be used by this user: choose a port above 1023, or run with the right to use it'
    case 'EADDRNOTAVAIL':
      return 'is no address of this machine: choose one it has, such as 127.0.0.1, or 0.0.0.0 for all'
    case 'ENOTFOUND':
      return 'is a host name that cannot be resolved: choose an address such as 127.0.0.1'
    default:
      return `cannot be listened on: ${error.message}`
  }
}
