import type { BuddyStore, StoredBuddyList, StoredBuddyVariable } from '../../domain/buddies/buddy-store.ts'
import type { SqlAccess } from '../sql-access.ts'
import { sqlText, textOf } from '../sql-text.ts'
import { bytesOf, valuesOf } from '../stored-values.ts'
import type { Tables } from '../tables.ts'

/** Owners that one statement asks for. */
const OWNERS_AT_ONCE = 500

/** Buddy lists in a table, each in one row, so that a list is never half there. */
export class SqlBuddies implements BuddyStore {
  readonly #sql: SqlAccess

  constructor(sql: SqlAccess) {
    this.#sql = sql
  }

  async load(zone: string, owner: string): Promise<StoredBuddyList | undefined> {
    const query = this.#sql.build
      .selectFrom('buddy_lists')
      .select(['buddies', 'names', 'variables'])
      .where('zone', '=', sqlText(zone))
      .where('owner', '=', sqlText(owner))
    const [row] = await this.#sql.rows(subjectOf(zone, owner), query.compile())
    if (row === undefined) return undefined
    const buddies = (JSON.parse(row.buddies) as readonly [string, boolean][]).map(([name, isBlocked]) => ({
      name,
      isBlocked,
    }))
    return { buddies, variables: variablesIn(row) }
  }

  async variablesOf(zone: string, owners: readonly string[]) {
    const found = new Map<string, readonly StoredBuddyVariable[]>()
    for (let start = 0; start < owners.length; start += OWNERS_AT_ONCE) {
      const some = owners.slice(start, start + OWNERS_AT_ONCE).map(sqlText)
      const query = this.#sql.build
        .selectFrom('buddy_lists')
        .select(['owner', 'names', 'variables'])
        .where('zone', '=', sqlText(zone))
        .where('owner', 'in', some)
      for (const row of await this.#sql.rows(`buddies ${zone}`, query.compile())) {
        found.set(textOf(row.owner), variablesIn(row))
      }
    }
    return found
  }

  async save(zone: string, owner: string, { buddies, variables }: StoredBuddyList): Promise<void> {
    const query = this.#sql.build
      .insertInto('buddy_lists')
      .values({
        zone: sqlText(zone),
        owner: sqlText(owner),
        buddies: JSON.stringify(buddies.map(({ name, isBlocked }) => [name, isBlocked])),
        names: JSON.stringify(variables.map(({ name }) => name)),
        variables: bytesOf(variables.map(({ value }) => value)),
      })
      .onConflict(conflict =>
        conflict.columns(['zone', 'owner']).doUpdateSet(given => ({
          buddies: given.ref('excluded.buddies'),
          names: given.ref('excluded.names'),
          variables: given.ref('excluded.variables'),
        })),
      )
    await this.#sql.change(subjectOf(zone, owner), query.compile())
  }
}

const subjectOf = (zone: string, owner: string) => `buddies ${zone}\n${owner}`

function variablesIn({ names, variables }: Pick<Tables['buddy_lists'], 'names' | 'variables'>) {
  const values = valuesOf(variables)
  return (JSON.parse(names) as readonly string[]).flatMap((name, index): StoredBuddyVariable[] => {
    const value = values[index]
    return value === undefined ? [] : [{ name, value }]
  })
}
