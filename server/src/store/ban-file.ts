import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Ban, BanStore } from '../domain/bans.ts'

const schema = z.array(
  z.strictObject({
    target: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('name'), zone: z.string(), name: z.string() }),
      z.strictObject({ by: z.literal('address'), address: z.string() }),
    ]),
    until: z.number().nullable(),
    reason: z.string(),
  }),
)

/** Bans in one JSON file. A ban is rare and a file is small, so that it is written whole and before anybody goes on. */
export class BanFile implements BanStore {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** @throws Error of one line when the file is there and cannot be read */
  load(): readonly Ban[] {
    let text: string
    try {
      text = readFileSync(this.#file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw new Error(`${this.#file} cannot be read: ${(error as Error).message}`, { cause: error })
    }
    try {
      return schema.parse(JSON.parse(text))
    } catch (error) {
      throw new Error(`${this.#file} is no list of bans; mend it or move it away`, { cause: error })
    }
  }

  /** The old file stands until the new one is whole. */
  save(bans: readonly Ban[]): void {
    mkdirSync(dirname(this.#file), { recursive: true })
    const whole = `${this.#file}.new`
    writeFileSync(whole, `${JSON.stringify(bans, undefined, 2)}\n`, { flush: true })
    renameSync(whole, this.#file)
  }
}

/** Bans that end with the server. */
export class BanMemory implements BanStore {
  #bans: readonly Ban[] = []

  load(): readonly Ban[] {
    return this.#bans
  }

  save(bans: readonly Ban[]): void {
    this.#bans = bans
  }
}
