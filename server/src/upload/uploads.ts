import type { IncomingMessage } from 'node:http'
import type { Calendar, Clock, Scheduler } from '../clock.ts'
import { FileTypes } from './file-types.ts'
import { bytesOnDisk, type UploadFolder } from './folder.ts'
import { UploadRefused } from './refusals.ts'
import type { UploadSettings } from './settings.ts'
import { type StoredFile, type StoredForm, Upload } from './upload.ts'

/** A session that may send files. */
export interface Uploader {
  /** The same object for all uploads of a session. */
  readonly session: object
  /** Whether the same user is still logged in. */
  isThere(): boolean
  /** Whether anybody takes his files. */
  hasTaker(): boolean
  /** Tells those who take files. */
  hand(form: StoredForm): void
}

/** Where uploads are counted. */
export interface UploadCounters {
  uploads: number
  uploadedFiles: number
  uploadedBytes: number
}

/** What uploads are given. */
export interface UploadParts {
  readonly clock: Clock
  readonly calendar: Calendar
  readonly scheduler: Scheduler
  readonly folder: UploadFolder
  readonly counters: UploadCounters
  /** Whose token this is, if his session is logged in. */
  uploader(token: string): Uploader | undefined
  /** Told of an error of the disk. */
  onFault(error: unknown, where: string): void
}

/** How often the folder is looked through when it seems full, in milliseconds. */
const RECOUNT_MILLIS = 5000
const HOUR = 3_600_000

/** All uploads of a server: who may, how many at once, and how much lies in the folder. */
export class Uploads {
  readonly settings: UploadSettings
  readonly #parts: UploadParts
  readonly #types: FileTypes
  readonly #running = new Set<Upload>()
  readonly #ofSession = new Map<object, number>()
  /** What lies in the folder, as far as is known: files that were moved away meanwhile are in it. */
  #bytes = 0
  #countedAt = Number.NEGATIVE_INFINITY
  #cleaning: Promise<void> | undefined
  #isStopped = false
  #whenIdle: (() => void) | undefined

  constructor(settings: UploadSettings, parts: UploadParts) {
    this.settings = settings
    this.#parts = parts
    this.#types = new FileTypes(settings.types)
  }

  /** Uploads that are under way. */
  get running(): number {
    return this.#running.size
  }

  /**
   * Takes the files of a request and hands them on.
   * @param onAdmitted  called before the body is read
   * @throws UploadRefused; nothing of the request is left on the disk then
   */
  async receive(
    request: IncomingMessage,
    token: string,
    onAdmitted: () => void = () => undefined,
  ): Promise<readonly StoredFile[]> {
    const uploader = this.#admit(request, token)
    const upload = this.#begin(request)
    this.#running.add(upload)
    this.#count(uploader, 1)
    onAdmitted()
    const millis = this.settings.timeoutSeconds * 1000
    const cancelTimer = this.#parts.scheduler.after(millis, () => {
      upload.end(new UploadRefused('upload-too-slow', `more than ${this.settings.timeoutSeconds} s`))
    })
    try {
      await this.#makeSpace()
      await upload.receive()
      return await this.#hand(upload, uploader)
    } catch (error) {
      await upload.discard()
      if (error instanceof UploadRefused) throw error
      this.#parts.onFault(error, 'keeping files of a client')
      throw new UploadRefused('upload-failed', undefined, error)
    } finally {
      cancelTimer()
      this.#count(uploader, -1)
      this.#running.delete(upload)
      if (this.#running.size === 0) this.#whenIdle?.()
    }
  }

  /** Uploads may come; the folder is looked through. */
  async start(): Promise<void> {
    this.#isStopped = false
    await this.clean()
  }

  /** Deletes old files, and what a server that died left behind. Never rejects. */
  clean(): Promise<void> {
    if (!this.settings.enabled) return Promise.resolve()
    this.#cleaning ??= this.#clean().finally(() => {
      this.#cleaning = undefined
    })
    return this.#cleaning
  }

  /** Refuses what is under way, and whatever comes later. */
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#running.size > 0) {
      const idle = new Promise<void>(resolve => {
        this.#whenIdle = resolve
      })
      for (const upload of this.#running) upload.end(new UploadRefused('upload-stopping'))
      await idle
      this.#whenIdle = undefined
    }
    await this.#cleaning
  }

  #admit(request: IncomingMessage, token: string): Uploader {
    const { enabled, maxUploads, maxUploadsPerSession, maxTotalBytes } = this.settings
    if (!enabled) throw new UploadRefused('upload-off')
    if (this.#isStopped) throw new UploadRefused('upload-stopping')
    const uploader = this.#parts.uploader(token)
    if (uploader === undefined) throw new UploadRefused('upload-no-session')
    if (!uploader.hasTaker()) throw new UploadRefused('upload-not-taken')
    if ((this.#ofSession.get(uploader.session) ?? 0) >= maxUploadsPerSession) {
      throw new UploadRefused('upload-session-limit')
    }
    if (this.#running.size >= maxUploads) throw new UploadRefused('upload-server-limit')
    if (Number(request.headers['content-length'] ?? 0) > maxTotalBytes) {
      throw new UploadRefused('upload-too-large', `more than ${maxTotalBytes} bytes`)
    }
    return uploader
  }

  #begin(request: IncomingMessage): Upload {
    const { headers } = request
    return new Upload(request, headers['content-type'], this.settings, this.#types, this.#parts.folder)
  }

  async #hand(upload: Upload, uploader: Uploader): Promise<readonly StoredFile[]> {
    // Much may have happened since the upload began.
    if (!uploader.isThere()) throw new UploadRefused('upload-no-session')
    if (!uploader.hasTaker()) throw new UploadRefused('upload-not-taken')
    const form = await upload.keep()
    const { counters } = this.#parts
    counters.uploads++
    for (const { size } of form.files) {
      this.#bytes += bytesOnDisk(size)
      counters.uploadedFiles++
      counters.uploadedBytes += size
    }
    uploader.hand(form)
    return form.files
  }

  /** Each upload may grow to its limit. @throws UploadRefused */
  async #makeSpace(): Promise<void> {
    if (this.#hasSpace()) return
    if (this.#parts.clock.now() - this.#countedAt >= RECOUNT_MILLIS) await this.clean()
    if (!this.#hasSpace()) throw new UploadRefused('upload-folder-full')
  }

  #hasSpace(): boolean {
    const { maxTotalBytes, maxFolderBytes } = this.settings
    return this.#bytes + this.#running.size * maxTotalBytes <= maxFolderBytes
  }

  async #clean(): Promise<void> {
    const { calendar, clock, folder, onFault } = this.#parts
    const before = this.#bytes
    try {
      const { bytes } = await folder.clean(calendar.date() - this.settings.keepHours * HOUR)
      // What came meanwhile may be counted twice, until the next time.
      this.#bytes = bytes + (this.#bytes - before)
      this.#countedAt = clock.now()
    } catch (error) {
      onFault(error, 'clearing the folder of files from clients')
    }
  }

  #count({ session }: Uploader, change: 1 | -1): void {
    const count = (this.#ofSession.get(session) ?? 0) + change
    if (count === 0) this.#ofSession.delete(session)
    else this.#ofSession.set(session, count)
  }
}
