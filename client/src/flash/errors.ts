/**
 * More was read than is there, as in Flash: error 2030.
 * @example
 * try {
 *   const greeting = socket.readUTF()
 * } catch (error) {
 *   if (!(error instanceof EOFError)) throw error
 *   // Wait for the next socketData: the rest has not come yet.
 * }
 */
export class EOFError extends Error {
  override readonly name = 'EOFError'
  /** The number that Flash gives it. */
  readonly errorID = 2030

  constructor() {
    super('Error #2030: End of file was encountered.')
  }
}

/**
 * The socket cannot do that now, as in Flash: error 2002, not connected; error 2031, could not connect.
 * @example
 * socket.on('ioError', ({ error }) => show(error.message)) // Error #2031: Socket Error. URL: ...
 */
export class IOError extends Error {
  override readonly name = 'IOError'
  /** The number that Flash gives it. */
  readonly errorID: number

  constructor(errorID: 2002 | 2031, detail: string) {
    super(`Error #${errorID}: ${detail}`)
    this.errorID = errorID
  }
}
