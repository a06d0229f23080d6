/** The store cannot be reached or takes nothing more at the moment. What was asked of it may be asked again later. */
export class StoreUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreUnavailable'
  }
}
