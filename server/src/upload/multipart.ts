import type { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { UploadRefused } from './refusals.ts'

/** How much a form may hold. */
export interface MultipartLimits {
  /** Of one file, in bytes. */
  readonly maxFileBytes: number
  /** Of the whole body, in bytes. */
  readonly maxTotalBytes: number
  readonly maxFiles: number
}

/** One file of a form, while it comes. */
export interface IncomingFile {
  /** As the client called it; empty when it gave no name. */
  readonly name: string
  /** As the client says; undefined when it does not. */
  readonly contentType: string | undefined
  readonly content: Readable
}

/** Who takes what a form holds. */
export interface FormTaker {
  /** Reads the content to its end. What it throws ends the form. */
  file(file: IncomingFile): Promise<void>
  field(name: string, value: string): void
}

const MAX_FIELDS = 32
const MAX_FIELD_NAME = 100
const MAX_FIELD_BYTES = 4096
const MAX_PART_HEADERS = 10
const MAX_PART_HEADER_BYTES = 4096

/**
 * Reads one multipart form from the body of a request. Of the body no more is in memory than a chunk and what the
 * taker has not read of it. When it ends early, the rest of the body is left to the caller, unread.
 */
export class FormReader {
  readonly #request: Readable
  readonly #limits: MultipartLimits
  readonly #taker: FormTaker
  readonly #parser: BusboyInstance
  readonly #done = Promise.withResolvers<void>()
  readonly #contents: Readable[] = []
  readonly #takings: Promise<void>[] = []
  #received = 0
  #isParsed = false
  #isReceived = false
  #isOver = false

  /** @throws UploadRefused when the content type is that of no form */
  constructor(request: Readable, contentType: string | undefined, limits: MultipartLimits, taker: FormTaker) {
    this.#request = request
    this.#limits = limits
    this.#taker = taker
    this.#parser = this.#createParser(contentType)
    // It may end before anybody waits for it.
    this.#done.promise.catch(ignore)
  }

  /**
   * Reads to the end.
   * @throws UploadRefused, or what the taker throws; nothing of the taker runs any more then
   */
  read(): Promise<void> {
    if (this.#request.destroyed) this.end(new UploadRefused('upload-aborted'))
    if (this.#isOver) return this.#done.promise
    this.#request.on('data', this.#onData)
    this.#request.on('end', this.#onEnd)
    this.#request.on('close', this.#onAbort)
    this.#request.on('error', this.#onAbort)
    return this.#done.promise
  }

  /** Ends it before its time. */
  end(error: unknown): void {
    if (this.#isOver) return
    this.#stop()
    for (const content of this.#contents) content.destroy(new Error('The form has ended'))
    void Promise.allSettled(this.#takings).then(() => this.#done.reject(error))
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this.#received += chunk.length
    const { maxTotalBytes } = this.#limits
    if (this.#received > maxTotalBytes) {
      this.end(new UploadRefused('upload-too-large', `more than ${maxTotalBytes} bytes`))
      return
    }
    // The parser works within `write`, so that one chunk at a time keeps what it throws here.
    this.#request.pause()
    this.#try(() => this.#parser.write(chunk, this.#onWritten))
  }

  readonly #onWritten = (): void => {
    if (!this.#isOver) this.#request.resume()
  }

  readonly #onEnd = (): void => {
    this.#isReceived = true
    this.#try(() => this.#parser.end())
    this.#finish()
  }

  readonly #onAbort = (): void => {
    if (!this.#isReceived) this.end(new UploadRefused('upload-aborted'))
  }

  #createParser(contentType: string | undefined): BusboyInstance {
    if (contentType === undefined || !/^multipart\/form-data\s*;/i.test(contentType)) {
      throw new UploadRefused('upload-not-multipart')
    }
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: {
          fileSize: this.#limits.maxFileBytes,
          files: this.#limits.maxFiles,
          fields: MAX_FIELDS,
          fieldSize: MAX_FIELD_BYTES,
          parts: this.#limits.maxFiles + MAX_FIELDS,
          headerPairs: MAX_PART_HEADERS,
          headerSize: MAX_PART_HEADER_BYTES,
        },
      })
      return this.#listen(parser)
    } catch (error) {
      throw new UploadRefused('upload-malformed', undefined, error)
    }
  }

  #listen(parser: BusboyInstance): BusboyInstance {
    const tooManyFields = () => this.end(new UploadRefused('upload-too-many-fields'))
    return parser
      .on('file', (_field, content, name, _encoding, contentType) => {
        this.#takeFile({ name: name ?? '', contentType, content })
      })
      .on('field', (name, value, _isNameCut, isValueCut) => {
        // A part without a name is none of a form.
        if (name === undefined) this.end(new UploadRefused('upload-malformed'))
        else if (isValueCut || name.length > MAX_FIELD_NAME) tooManyFields()
        else if (!this.#isOver) this.#taker.field(name, value)
      })
      .on('filesLimit', () => {
        const { maxFiles } = this.#limits
        this.end(new UploadRefused('upload-too-many-files', `more than ${maxFiles}`))
      })
      .on('fieldsLimit', tooManyFields)
      .on('partsLimit', tooManyFields)
      .on('error', error => this.end(new UploadRefused('upload-malformed', undefined, error)))
      .on('finish', () => {
        this.#isParsed = true
        this.#finish()
      })
  }

  #takeFile(file: IncomingFile): void {
    const { content } = file
    // What ends a content early ends the form in another way.
    content.on('error', ignore)
    content.on('limit', () => {
      const { maxFileBytes } = this.#limits
      this.end(new UploadRefused('upload-file-too-large', `more than ${maxFileBytes} bytes`))
    })
    if (this.#isOver) {
      content.destroy()
      return
    }
    this.#contents.push(content)
    const taking = this.#taker.file(file)
    this.#takings.push(taking)
    taking.catch(error => this.end(error))
  }

  #try(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.end(new UploadRefused('upload-malformed', undefined, error))
    }
  }

  /** All is read when the parser saw the end of the form, and the request ended, and the taker has it all. */
  #finish(): void {
    if (!this.#isParsed || !this.#isReceived || this.#isOver) return
    void Promise.all(this.#takings).then(
      () => {
        if (this.#isOver) return
        this.#stop()
        this.#done.resolve()
      },
      error => this.end(error),
    )
  }

  #stop(): void {
    this.#isOver = true
    this.#request.off('data', this.#onData)
    this.#request.off('end', this.#onEnd)
    this.#request.off('close', this.#onAbort)
    this.#request.off('error', this.#onAbort)
    this.#request.on('error', ignore)
  }
}

function ignore(): void {}
