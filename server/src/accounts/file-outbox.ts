import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Calendar } from '../clock.ts'
import type { Mail, Mailer } from './mailer.ts'

/** Writes each mail into a file that mail programs open, in place of sending it. For development and tests. */
export class FileOutbox implements Mailer {
  readonly #folder: string
  readonly #from: string
  readonly #calendar: Calendar

  /** @param folder  made when the first mail comes */
  constructor(folder: string, from: string, calendar: Calendar) {
    this.#folder = folder
    this.#from = from
    this.#calendar = calendar
  }

  async send(mail: Mail): Promise<void> {
    const date = new Date(this.#calendar.date())
    const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
      ...mail,
      from: this.#from,
      date,
    })
    await mkdir(this.#folder, { recursive: true })
    const name = `${date.toISOString().replaceAll(':', '-')}-${randomBytes(4).toString('hex')}.eml`
    // There are codes in it.
    await writeFile(join(this.#folder, name), message as Buffer, { mode: 0o600 })
  }
}
