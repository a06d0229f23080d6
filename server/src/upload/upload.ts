import type { Readable } from 'node:stream'
import { harmlessName } from './file-name.ts'
import { type FileTypes, plainType } from './file-types.ts'
import type { PartFile, UploadFolder } from './folder.ts'
import { FormReader, type FormTaker, type IncomingFile, type MultipartLimits } from './multipart.ts'
import { UploadRefused } from './refusals.ts'

/** A file of a client, on the disk. */
export interface StoredFile {
  /** As the client called it, made harmless. */
  readonly name: string
  /** Where it is, an absolute path. */
  readonly path: string
  /** In bytes. */
  readonly size: number
  /** As the client says. */
  readonly contentType: string
}

/** What a form held. */
export interface StoredForm {
  readonly files: readonly StoredFile[]
  /** What was no file, by name; the last one of a name counts. */
  readonly fields: ReadonlyMap<string, string>
}

interface Part extends Omit<StoredFile, 'path' | 'size'> {
  size: number
  readonly file: PartFile
}

/** One form on its way from a request into the folder: all of its files are kept, or none. */
export class Upload implements FormTaker {
  readonly #folder: UploadFolder
  readonly #types: FileTypes
  readonly #reader: FormReader
  /** In the order of the form; empty where nothing was sent. */
  readonly #parts: (Part | undefined)[] = []
  readonly #fields = new Map<string, string>()

  /** @throws UploadRefused when the body is no form */
  constructor(
    request: Readable,
    contentType: string | undefined,
    limits: MultipartLimits,
    types: FileTypes,
    folder: UploadFolder,
  ) {
    this.#folder = folder
    this.#types = types
    this.#reader = new FormReader(request, contentType, limits, this)
  }

  /**
   * Receives everything; the files still have the names of unfinished ones.
   * @throws UploadRefused; call `discard` then
   */
  async receive(): Promise<void> {
    await this.#reader.read()
    if (this.#received.length === 0) throw new UploadRefused('upload-empty')
  }

  /** Gives the files their names. @throws what keeps one of them from being kept; call `discard` then */
  async keep(): Promise<StoredForm> {
    const files: StoredFile[] = []
    for (const { name, size, contentType, file } of this.#received) {
      files.push({ name, path: await file.keep(), size, contentType })
    }
    return { files, fields: this.#fields }
  }

  /** Ends it before its time; `receive` throws this. */
  end(reason: UploadRefused): void {
    this.#reader.end(reason)
  }

  /** Deletes its files. */
  async discard(): Promise<void> {
    await Promise.all(this.#received.map(({ file }) => file.discard()))
  }

  async file({ name: givenName, contentType: givenType, content }: IncomingFile): Promise<void> {
    const index = this.#parts.push(undefined) - 1
    const name = harmlessName(givenName)
    const contentType = plainType(givenType)
    // Browsers send an empty part for a file that nobody chose.
    if (givenName === '') return await expectNothing(content)
    if (name === '' || !this.#types.allows(name, contentType)) {
      throw new UploadRefused(
        'upload-type',
        `${JSON.stringify(name)} (${contentType}) is none of ${this.#types}`,
      )
    }
    const part: Part = { name, contentType, size: 0, file: await this.#folder.create() }
    this.#parts[index] = part
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      await part.file.write(chunk)
      part.size += chunk.length
    }
    await part.file.close()
  }

  field(name: string, value: string): void {
    this.#fields.set(name, value)
  }

  get #received(): Part[] {
    return this.#parts.filter(part => part !== undefined)
  }
}

async function expectNothing(content: Readable): Promise<void> {
  for await (const _ of content) throw new UploadRefused('upload-type', 'a file without a name')
}
