/** What a client said of itself at its login. */
export interface Credentials {
  readonly name: string
  /** As it was sent: plain. */
  readonly password: string
}
