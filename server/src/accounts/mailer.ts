/** A mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/** Sends mails. */
export interface Mailer {
  /** @returns when the mail is in the hands of whoever carries it on @throws what keeps it from being sent */
  send(mail: Mail): Promise<void>
}
