/**
 * An error of the server, as the promise forms reject with it.
 * @example
 * const isTaken = (error: unknown) => error instanceof SFSError && error.code === 6
 * await sfs.login('Ann').catch(error => show(isTaken(error) ? 'Ann is there already' : error.message))
 */
export class SFSError extends Error {
  override readonly name = 'SFSError'
  /** One of the codes 0 to 42 [P-7]; -1 when the server did not answer or the connection was lost. */
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}
