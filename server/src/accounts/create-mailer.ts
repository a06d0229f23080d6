import type { Calendar } from '../clock.ts'
import { FileOutbox } from './file-outbox.ts'
import type { Mailer } from './mailer.ts'
import { SmtpMailer, type SmtpServer } from './smtp-mailer.ts'

/** How mails leave a server. */
export interface MailSettings {
  readonly from: string
  readonly smtp?: SmtpServer | undefined
  /** The folder for mails where there is no server for them; absolute. */
  readonly outbox: string
}

/** What sends the mails of a server. */
export function createMailer({ from, smtp, outbox }: MailSettings, calendar: Calendar): Mailer {
  return smtp === undefined ? new FileOutbox(outbox, from, calendar) : new SmtpMailer(smtp, from)
}
