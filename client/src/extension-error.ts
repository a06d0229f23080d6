/**
 * A call that an extension refuses, or could not answer [P-4.6].
 * @example
 * await dice.call('roll', { sides: 1 }).catch(error => {
 *   if (error instanceof ExtensionError) show(error.message)
 * })
 */
export class ExtensionError extends Error {
  override readonly name = 'ExtensionError'
  /** `invalid-params`, `unknown-command`, `failed`, `timeout`, `busy`, `stopped`, or the extension's own. */
  readonly code: string
  /** Which of the params, where one is to blame. */
  readonly path: string | undefined

  constructor(code: string, message: string, path?: string) {
    super(message)
    this.code = code
    this.path = path
  }
}
