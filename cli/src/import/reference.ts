import { REASONS } from './reasons.ts'
import { CORE_SETTINGS, SERVER_SETTINGS } from './server-settings.ts'
import type { Setting } from './setting.ts'
import { ZONE_SETTINGS } from './zone-settings.ts'

/** One row of the reference: a setting of SFS2X and what became of it. */
interface ReferenceRow {
  readonly from: string
  readonly to: string
  readonly note: string
}

/** The tables of docs/migration.md, made of the tables that the import works with. */
function settingsReference(): string {
  return [
    table('Zones: `zones/*.zone.xml`', 'Key in `<name>.zone.json`', rowsOf(ZONE_SETTINGS)),
    table('Server: `config/server.xml`', 'Key in `warren.config.ts`', rowsOf(SERVER_SETTINGS)),
    table('Server: `config/core.xml`', 'Key in `warren.config.ts`', rowsOf(CORE_SETTINGS)),
    reasons(),
  ].join('\n')
}

/** docs/migration.md with the tables in their place. */
export function withSettings(document: string): string {
  return document.replace(
    /(<!-- settings:start -->\n).*(<!-- settings:end -->)/s,
    (_, start: string, end: string) => `${start}\n${settingsReference()}\n${end}`,
  )
}

function rowsOf(settings: readonly Setting[], above = '', list = ''): ReferenceRow[] {
  return settings.flatMap((setting): ReferenceRow[] => {
    const from = above + setting.from
    if ('each' in setting) return rowsOf(setting.each, `${from}/`, `${setting.to}[].`)
    if ('read' in setting) return [{ from, to: keys(setting.to, list), note: setting.note ?? '' }]
    const note = setting.why.what
    if (!('settings' in setting) || setting.settings.length === 0) return [{ from, to: '', note }]
    return setting.settings.map(part => ({
      from: `${from}${part.startsWith('@') ? '' : '/'}${part}`,
      to: '',
      note,
    }))
  })
}

function keys(to: string, list: string): string {
  return to
    .split(', ')
    .map(key => (key.startsWith('zones.') ? `\`${key.slice(6)}\` of each zone` : `\`${list}${key}\``))
    .join(', ')
}

function reasons(): string {
  const lines = Object.values(REASONS).map(({ what, why, advice }) => `| ${what} | ${why} | ${advice} |`)
  return `### Why not, and what to do\n\n| What | Why | What to do |\n|---|---|---|\n${lines.join('\n')}\n`
}

function table(title: string, column: string, rows: readonly ReferenceRow[]): string {
  const lines = rows.map(
    ({ from, to, note }) => `| \`${from.replace('/@', '@')}\` | ${to || '—'} | ${note} |`,
  )
  return `### ${title}\n\n| SFS2X | ${column} | Remark |\n|---|---|---|\n${lines.join('\n')}\n`
}
