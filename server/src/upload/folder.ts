import { randomBytes } from 'node:crypto'
import { type FileHandle, lstat, mkdir, open, opendir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A file that is being written. */
export interface PartFile {
  write(bytes: Uint8Array): Promise<void>
  /** Everything is written. */
  close(): Promise<void>
  /** Gives the file its final name. @returns the absolute path */
  keep(): Promise<string>
  /** Deletes it, whatever became of it. Never throws. */
  discard(): Promise<void>
}

/** What lies in a folder, and how much of it is old. */
export interface FolderUse {
  /** Bytes on the disk; a small file counts as one block. */
  readonly bytes: number
  readonly deleted: number
}

/** Where files of clients are put. */
export interface UploadFolder {
  /** A new file that only the server's own user can read. */
  create(): Promise<PartFile>
  /** Deletes what is older than this, and what a server that died left unfinished; says what is left. */
  clean(before: number): Promise<FolderUse>
}

/** The least that a file takes on the disk, in bytes. */
const BLOCK_BYTES = 4096
/** Names of files that this module wrote; whatever else lies there is left alone. */
const OWN_NAME = /^upload-[\da-f]{32}(?:\.part)?$/
const PART = '.part'

/** Bytes that a file of this size takes. */
export const bytesOnDisk = (size: number): number => Math.ceil(Math.max(size, 1) / BLOCK_BYTES) * BLOCK_BYTES

/** A folder on the disk. Made when the first file comes. */
export class DiskFolder implements UploadFolder {
  readonly #dir: string
  /** Paths of the files that are being written. */
  readonly #open = new Set<string>()

  constructor(dir: string) {
    this.#dir = dir
  }

  async create(): Promise<PartFile> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 })
    const path = join(this.#dir, `upload-${randomBytes(16).toString('hex')}`)
    this.#open.add(path + PART)
    try {
      // Fails when the name is taken, by a link for instance.
      const handle = await open(path + PART, 'wx', 0o600)
      return new DiskPart(path, handle, () => this.#open.delete(path + PART))
    } catch (error) {
      this.#open.delete(path + PART)
      throw error
    }
  }

  async clean(before: number): Promise<FolderUse> {
    let bytes = 0
    let deleted = 0
    for await (const name of this.#names()) {
      const path = join(this.#dir, name)
      if (this.#open.has(path)) continue
      const stat = await lstat(path).catch(() => undefined)
      // Moved away meanwhile.
      if (stat === undefined || !stat.isFile()) continue
      if (name.endsWith(PART) || stat.mtimeMs < before) {
        await rm(path, { force: true })
        deleted++
      } else {
        bytes += bytesOnDisk(stat.size)
      }
    }
    return { bytes, deleted }
  }

  async *#names(): AsyncIterable<string> {
    try {
      for await (const entry of await opendir(this.#dir)) if (OWN_NAME.test(entry.name)) yield entry.name
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

class DiskPart implements PartFile {
  readonly #path: string
  readonly #handle: FileHandle
  readonly #forget: () => void
  #isClosed = false

  constructor(path: string, handle: FileHandle, forget: () => void) {
    this.#path = path
    this.#handle = handle
    this.#forget = forget
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#handle.appendFile(bytes)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#handle.close()
  }

  async keep(): Promise<string> {
    await this.close()
    await rename(this.#path + PART, this.#path)
    this.#forget()
    return this.#path
  }

  async discard(): Promise<void> {
    await this.close().catch(() => undefined)
    await Promise.allSettled([rm(this.#path + PART, { force: true }), rm(this.#path, { force: true })])
    this.#forget()
  }
}
