import type { Ban, BanTarget } from '../../domain/bans.ts'
import type { SqlAccess } from '../sql-access.ts'
import { sqlText, textOf } from '../sql-text.ts'
import type { StoredBans } from '../store.ts'
import type { Tables } from '../tables.ts'

const SUBJECT = 'bans'

/** Bans in a table. */
export class SqlBans implements StoredBans {
  readonly #sql: SqlAccess

  constructor(sql: SqlAccess) {
    this.#sql = sql
  }

  async load(now: number): Promise<Ban[]> {
    const query = this.#sql.build
      .selectFrom('bans')
      .selectAll()
      .where(where => where.or([where('until', 'is', null), where('until', '>', now)]))
      .orderBy('made')
      .orderBy('target')
    const rows = await this.#sql.rows(SUBJECT, query.compile())
    return rows.map(({ kind, zone, target, until, reason }) => ({
      target:
        kind === 'address'
          ? { by: 'address', address: textOf(target) }
          : { by: 'name', zone: textOf(zone), name: textOf(target) },
      until,
      reason: textOf(reason),
    }))
  }

  async keep({ target, until, reason }: Ban, now: number): Promise<void> {
    const row = { ...keyOf(target), until, reason: sqlText(reason), made: now }
    await this.#sql.change(
      SUBJECT,
      this.#sql.build.deleteFrom('bans').where('until', '<=', now).compile(),
      this.#sql.build
        .insertInto('bans')
        .values(row)
        .onConflict(conflict =>
          conflict.columns(['kind', 'zone', 'target']).doUpdateSet(given => ({
            until: given.ref('excluded.until'),
            reason: given.ref('excluded.reason'),
            made: given.ref('excluded.made'),
          })),
        )
        .compile(),
    )
  }

  async lift(target: BanTarget): Promise<void> {
    const { kind, zone, target: name } = keyOf(target)
    const query = this.#sql.build
      .deleteFrom('bans')
      .where('kind', '=', kind)
      .where('zone', '=', zone)
      .where('target', '=', name)
    await this.#sql.change(SUBJECT, query.compile())
  }
}

function keyOf(target: BanTarget): Pick<Tables['bans'], 'kind' | 'zone' | 'target'> {
  return target.by === 'address'
    ? { kind: 'address', zone: '', target: sqlText(target.address) }
    : { kind: 'name', zone: sqlText(target.zone), target: sqlText(target.name) }
}
