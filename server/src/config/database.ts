import type { StoreAddress } from '../store/address.ts'
import { fileName } from './fields.ts'

/** A database as it is written: `sqlite:FILE`, the address of a PostgreSQL database, or `memory`. */
export const databaseName = fileName
  .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+|memory)$/, {
    error: 'must be sqlite:FILE, postgres://user:password@host/database or memory',
  })
  // There may be a password in it.
  .meta({ secret: true })

/** The address that is written so. @param beside  makes the name of a file absolute */
export function databaseAddress(written: string, beside: (file: string) => string): StoreAddress {
  if (written === 'memory') return { type: 'memory' }
  if (!written.startsWith('sqlite:')) return { type: 'postgres', url: written }
  return { type: 'sqlite', file: beside(written.slice('sqlite:'.length)) }
}
