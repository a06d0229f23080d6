import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, relative, resolve } from 'node:path'
import { loadConfig } from '@warren/server'
import { problemLine } from '@warren/server/internal'
import { at, type Carried, carry, isTree } from './import/carry.ts'
import { configFile } from './import/config-file.ts'
import { ImportReport } from './import/report.ts'
import { CORE_SETTINGS, SERVER_SETTINGS } from './import/server-settings.ts'
import { readSource, type Source, SourceError } from './import/source.ts'
import { zoneFile } from './import/zone-file.ts'
import { ZONE_SETTINGS } from './import/zone-settings.ts'

/** Where to read, where to write, and where to tell. */
export interface ImportOptions {
  readonly from: string
  /** Left out: the working directory. */
  readonly to: string | undefined
  readonly cwd: string
  /** Told what was written and what was not carried. */
  out(text: string): void
  /** Told why nothing was written. */
  err(text: string): void
}

/** The files of a Warren configuration, by path below its folder. */
interface Result {
  readonly texts: ReadonlyMap<string, string>
  /** Copied as they are: from an absolute path. */
  readonly copies: ReadonlyMap<string, string>
  readonly zones: readonly string[]
}

/**
 * Makes a Warren configuration of an SFS2X installation: `warren.config.ts`, `zones/<name>.zone.json`, the words
 * files. Nothing is overwritten.
 * @returns the exit code: 1 if the installation cannot be read, something is in the way, or the result has errors
 */
export async function importInstallation(options: ImportOptions): Promise<number> {
  const folder = resolve(options.cwd, options.to ?? '.')
  const report = new ImportReport()
  try {
    const result = await convert(await readSource(resolve(options.cwd, options.from)), report)
    await write(folder, result)
    const shown = relative(options.cwd, folder) || '.'
    options.out(`Written to ${shown}: ${[...result.texts.keys(), ...result.copies.keys()].join(', ')}\n\n`)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    options.err(`warren: ${error.message}\n`)
    return 1
  }
  options.out(report.isClean ? 'Everything was carried.\n\n' : '')
  options.out(report.toString())
  return checkResult(folder, options)
}

async function convert(source: Source, report: ImportReport): Promise<Result> {
  const { zones: everyZone, ...config } = {
    ...carry(source.server, SERVER_SETTINGS, report.of('config/server.xml')),
  }
  if (source.core !== undefined)
    merge(config, carry(source.core, CORE_SETTINGS, report.of('config/core.xml')))
  const texts = new Map([['warren.config.ts', configFile(config)]])
  const copies = new Map<string, string>()
  const names: string[] = []
  for (const { name, root } of source.zones) {
    const told = report.of('zones/*.zone.xml', name)
    // Without the setting, a stock server lets logins fail without end.
    const carried = {
      maxFailedLogins: 0,
      ...(isTree(everyZone) ? everyZone : {}),
      ...carry(root, ZONE_SETTINGS, told),
    }
    const zone = zoneFile({ name, ...carried }, told)
    const zoneName = String(zone.name)
    if (names.includes(zoneName)) throw new SourceError(`two zone files are called "${zoneName}"`)
    if (/[/\\]/.test(zoneName)) throw new SourceError(`a file cannot be called like the zone "${zoneName}"`)
    names.push(zoneName)
    texts.set(`zones/${zoneName}.zone.json`, `${JSON.stringify(zone, undefined, 2)}\n`)
    await addWords(at(carried, 'wordFilter.wordsFile'), source.folder, copies, problem =>
      told.odd('wordsFilter/wordsFile', problem),
    )
  }
  if (names.length === 0)
    report.of('zones').odd('*.zone.xml', 'there is none, so that the server has its default zones')
  return { texts, copies, zones: names }
}

/** Has a words file copied to the same place below our folder. */
async function addWords(
  given: unknown,
  folder: string,
  copies: Map<string, string>,
  problem: (text: string) => void,
): Promise<void> {
  if (typeof given !== 'string' || given === '') return
  const path = normalize(given)
  if (isAbsolute(path)) return
  if (path.startsWith('..')) return problem(`${given} is outside of the installation; copy it yourself`)
  const from = join(folder, path)
  if (await isThere(from)) copies.set(path, from)
  else problem(`there is no file ${given}`)
}

async function write(folder: string, { texts, copies }: Result): Promise<void> {
  for (const name of [...texts.keys(), ...copies.keys()]) {
    const path = join(folder, name)
    if (copies.get(name) !== path && (await isThere(path))) {
      throw new SourceError(`${path} is there already; move it away, or say --out`)
    }
  }
  for (const name of [...texts.keys(), ...copies.keys()])
    await mkdir(dirname(join(folder, name)), { recursive: true })
  for (const [name, text] of texts) await writeFile(join(folder, name), text)
  for (const [name, from] of copies) if (from !== join(folder, name)) await copyFile(from, join(folder, name))
}

async function checkResult(folder: string, { out }: ImportOptions): Promise<number> {
  const { config, problems } = await loadConfig({ env: {}, cwd: folder })
  for (const problem of problems) out(`${problemLine(problem)}\n`)
  if (problems.length === 0) out(`\nwarren check finds no problems.\n`)
  return config === undefined ? 1 : 0
}

function merge(target: Carried, more: Carried): void {
  for (const [key, value] of Object.entries(more)) {
    const before = target[key]
    target[key] = isTree(before) && isTree(value) ? { ...before, ...value } : value
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
