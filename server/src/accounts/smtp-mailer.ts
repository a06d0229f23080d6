import { createTransport, type Transporter } from 'nodemailer'
import type { Mail, Mailer } from './mailer.ts'

/** Milliseconds that a mail server may take to answer. */
const PATIENCE = 20_000

/** The server that takes mails. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** The line begins with TLS. If not, it must change to it before anything is said. */
  readonly secure: boolean
  /** It need not. */
  readonly allowPlain: boolean
  readonly user?: string | undefined
  readonly password?: string | undefined
}

/** Hands mails to a server. */
export class SmtpMailer implements Mailer {
  readonly #transport: Transporter
  readonly #from: string

  constructor({ host, port, secure, allowPlain, user, password = '' }: SmtpServer, from: string) {
    this.#from = from
    this.#transport = createTransport({
      host,
      port,
      secure,
      requireTLS: !allowPlain,
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      // Nothing of a mail is taken from files or the net.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(user === undefined ? {} : { auth: { user, pass: password } }),
    })
  }

  async send(mail: Mail): Promise<void> {
    await this.#transport.sendMail({ ...mail, from: this.#from })
  }
}
