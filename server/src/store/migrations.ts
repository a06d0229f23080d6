import type { SqlRunner } from './sql-runner.ts'

/** The types of columns, which differ between databases. */
interface ColumnTypes {
  /** Compared and sorted by code points. */
  readonly text: string
  /** The same, where there may be none. */
  readonly maybeText: string
  readonly bytes: string
}

const COLUMN_TYPES: Readonly<Record<SqlRunner['dialect'], ColumnTypes>> = {
  sqlite: { text: 'text not null', maybeText: 'text', bytes: 'blob not null' },
  postgres: {
    text: 'text collate "C" not null',
    maybeText: 'text collate "C"',
    bytes: 'bytea not null',
  },
}

/** What leads from the version before to this one. */
type Migration = (types: ColumnTypes) => readonly string[]

/**
 * The way from an empty database to the newest version, one step a version. Steps that were released are never
 * changed; there is no way back.
 */
export const MIGRATIONS: readonly Migration[] = [
  ({ text, bytes }) => [
    `create table bans (
       kind ${text}, zone ${text}, target ${text}, until bigint, reason ${text}, made bigint not null,
       primary key (kind, zone, target))`,
    `create table buddy_lists (
       zone ${text}, owner ${text}, buddies ${text}, names ${text}, variables ${bytes},
       primary key (zone, owner))`,
    `create table rooms (
       zone ${text}, name ${text}, room_group ${text}, settings ${text}, variables ${bytes},
       primary key (zone, name))`,
    `create table extension_data (
       extension ${text}, key ${text}, value ${text}, primary key (extension, key))`,
  ],
  ({ text, maybeText }) => [
    `create table accounts (
       realm ${text}, name_key ${text}, name ${text}, email ${maybeText}, email_key ${maybeText},
       state ${text}, privilege integer not null, created bigint not null, last_login bigint, extra ${text},
       hash ${text}, sealed ${maybeText}, code_digest ${maybeText}, code_until bigint,
       primary key (realm, name_key))`,
    'create unique index accounts_by_email on accounts (realm, email_key)',
  ],
]

const SUBJECT = 'schema'

/**
 * Brings a database to the newest version. Several servers may do so at once.
 * @throws Error when the database was made by a later Warren; what the database says when it refuses a step
 */
export async function migrate(
  runner: SqlRunner,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const types = COLUMN_TYPES[runner.dialect]
  let version = await versionOf(runner)
  if (version > migrations.length) {
    throw new Error(
      `The database has version ${version}, made by a later Warren; this one knows ${migrations.length}`,
    )
  }
  for (; version < migrations.length; version++) {
    const step = migrations[version]?.(types) ?? []
    const mark = `insert into warren_schema (version) values (${version + 1})`
    try {
      // The mark comes first: of two servers the second is refused by it.
      await runner.run(SUBJECT, statements([mark, ...step]))
    } catch (error) {
      if ((await versionOf(runner)) <= version) throw error
    }
  }
}

async function versionOf(runner: SqlRunner): Promise<number> {
  const create = 'create table if not exists warren_schema (version integer primary key)'
  const read = 'select max(version) as version from warren_schema'
  const ask = () => runner.run(SUBJECT, statements([create, read]))
  // PostgreSQL refuses one of two who make the same table at the same moment; then it is there.
  const results = await ask().catch(ask)
  const [row] = results[1]?.rows ?? []
  return (row as { readonly version: number | null }).version ?? 0
}

function statements(texts: readonly string[]) {
  return texts.map(sql => ({ sql, parameters: [] }))
}
