import { readFileSync, renameSync } from 'node:fs'
import { z } from 'zod'
import type { Ban } from '../domain/bans.ts'
import type { StoredBans } from './store.ts'

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

/** What the file is called once its bans are in the store. */
const IMPORTED = '.imported'

/**
 * Takes over the bans of the file that former versions had, once.
 * @returns how many there were
 * @throws Error of one line when the file is there and cannot be read
 */
export async function importBanFile(file: string, bans: StoredBans, now: number): Promise<number> {
  const found = readBans(file)
  if (found === undefined) return 0
  for (const ban of found) await bans.keep(ban, now)
  renameSync(file, `${file}${IMPORTED}`)
  return found.length
}

function readBans(file: string): readonly Ban[] | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${file} is no list of bans; mend it or move it away`, { cause: error })
  }
}
