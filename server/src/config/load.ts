import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkAccounts } from './accounts.ts'
import type { CheckedConfig, ServerConfig } from './config.ts'
import { type ConfigFile, isThere, readConfigFile } from './config-file.ts'
import { databaseAddress } from './database.ts'
import { DEFAULT_ZONES, DEFAULT_ZONES_NAME } from './default-zones.ts'
import { readExtensions } from './extensions.ts'
import type { Flags } from './options.ts'
import { type ConfigProblem, error, warning } from './problem.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import { readSettings, type Settings } from './settings.ts'
import { checkZone, checkZoneNames, listZoneFiles, readZoneFile, type ZoneSource } from './zone-files.ts'
import { readZoneWords } from './zone-words.ts'

export type { ConfigProblem }

const BUNDLED_EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url))

export interface LoadOptions {
  /** The configuration file. Left out: `warren.config.ts` or `.json` in `cwd`, if it is there. */
  readonly file?: string | undefined
  /** The environment; variables that begin with `WARREN_` and `NODE_ENV` are looked at. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly flags?: Flags | undefined
  /** The working directory. */
  readonly cwd: string
}

/** What was read. Warnings do not keep a configuration from being used, errors do. */
export type LoadedConfig =
  | { readonly config: ServerConfig; readonly problems: readonly ConfigProblem[] }
  | { readonly config: undefined; readonly problems: readonly ConfigProblem[] }

/**
 * Reads the configuration file, the zones, the environment and the flags. Flags win over the environment, which wins
 * over the file.
 * @returns every problem at once; the configuration too, unless a problem is an error
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const problems: ConfigProblem[] = []
  const settings = readSettings(options, problems)
  const file = await readConfigFile(options, settings, problems)
  const sources = await readZones(file, settings, options.cwd, problems)
  const tls = await readTls(file, settings, problems)
  const examplesDir = await readExamplesDir(file, problems)
  const { extensions, zones } = await readExtensions(file, sources, examplesDir, options, problems)
  checkFit(file, zones, problems)
  const secrets = readSecrets(options.env, problems)
  checkAccounts(zones, file.values.mail !== undefined, secrets, problems)
  if (problems.some(problem => problem.severity === 'error')) return { config: undefined, problems }

  const tcp = settings.port('tcp') ?? file.values.listen.tcp
  const config: ServerConfig = {
    host: settings.text('host') ?? file.values.host,
    listen: {
      tcp,
      udp: settings.port('udp') ?? file.values.listen.udp ?? tcp,
      http: settings.port('http') ?? file.values.listen.http,
      https: settings.port('https') ?? file.values.listen.https,
      electro: settings.port('electro') ?? file.values.listen.electro,
    },
    tls,
    limits: file.values.limits,
    tunnel: file.values.tunnel,
    addresses: file.values.addresses,
    delivery: file.values.delivery,
    log: { level: settings.level('log-level') ?? file.values.log.level },
    login: file.values.login,
    electro: file.values.electro,
    upload: readUpload(file),
    flash: file.values.flash,
    dataDir: file.beside(file.values.dataDir),
    database: settings.database() ?? readDatabase(file),
    mail: readMail(file, secrets),
    accountKeys: secrets.accountKeys,
    examplesDir,
    extensions,
    zones: zones.map(({ zone }) => zone),
  }
  return { config, problems }
}

async function readZones(
  file: ConfigFile,
  settings: Settings,
  cwd: string,
  problems: ConfigProblem[],
): Promise<ZoneSource[]> {
  const given = settings.file('zones') ?? file.path('zonesDir', file.values.zonesDir)
  const folder = given?.path ?? file.beside('zones')
  const files = await listZoneFiles(folder, cwd, problems)
  if (given !== undefined && files.length === 0) {
    problems.push(error(given.source, given.key, `no <name>.zone.json in ${folder}`))
  }
  const zones: ZoneSource[] = []
  if (given === undefined && files.length === 0) {
    for (const preset of DEFAULT_ZONES) {
      const zone = checkZone(preset, DEFAULT_ZONES_NAME, problems)
      if (zone !== undefined) zones.push({ file: DEFAULT_ZONES_NAME, zone })
    }
  }
  for (const path of files) {
    const source = await readZoneFile(path, cwd, problems)
    if (source !== undefined) zones.push(source)
  }
  checkZoneNames(zones, problems)
  return zones.map(source => readZoneWords(source, path => file.beside(path), cwd, problems))
}

async function readTls(
  file: ConfigFile,
  settings: Settings,
  problems: ConfigProblem[],
): Promise<ServerConfig['tls']> {
  const { tls } = file.values
  const key = settings.file('tls-key') ?? file.path('tls.keyFile', tls?.keyFile)
  const cert = settings.file('tls-cert') ?? file.path('tls.certFile', tls?.certFile)
  for (const side of [key, cert]) {
    if (side !== undefined && !(await isThere(side.path))) {
      problems.push(error(side.source, side.key, `${side.path} cannot be read`))
    }
  }
  if (key === undefined && cert === undefined) return undefined
  if (key !== undefined && cert !== undefined) return { keyFile: key.path, certFile: cert.path }
  const lonely = key ?? cert
  if (lonely !== undefined) {
    problems.push(error(lonely.source, lonely.key, 'a key and a certificate are needed together'))
  }
  return undefined
}

async function readExamplesDir(file: ConfigFile, problems: ConfigProblem[]): Promise<string | undefined> {
  const given = file.path('examplesDir', file.values.examplesDir)
  if (given === undefined) return (await isThere(BUNDLED_EXAMPLES)) ? BUNDLED_EXAMPLES : undefined
  if (!(await isThere(given.path)))
    problems.push(error(given.source, given.key, `${given.path} cannot be read`))
  return given.path
}

function readDatabase(file: ConfigFile): ServerConfig['database'] {
  const { database } = file.values
  return database === undefined ? undefined : databaseAddress(database, path => file.beside(path))
}

function readUpload(file: ConfigFile): ServerConfig['upload'] {
  const { dir, ...upload } = file.values.upload
  return dir === undefined ? upload : { ...upload, dir: file.beside(dir) }
}

function readMail(file: ConfigFile, { smtpPassword }: Secrets): ServerConfig['mail'] {
  const { mail, dataDir } = file.values
  if (mail === undefined) return undefined
  const outbox = file.beside(mail.outbox ?? join(dataDir, 'outbox'))
  const smtp = mail.smtp === undefined ? undefined : { ...mail.smtp, password: smtpPassword }
  return { from: mail.from, smtp, outbox }
}

/** Settings that are sound one by one but not together. */
function checkFit(file: ConfigFile, zones: readonly ZoneSource[], problems: ConfigProblem[]): void {
  const { limits, login, upload, electro }: CheckedConfig = file.values
  const names = zones.map(({ zone }) => JSON.stringify(zone.name)).join(', ')
  for (const name of Object.keys(login ?? {})) {
    if (!zones.some(({ zone }) => zone.name === name)) {
      problems.push(error(file.name, `login.${name}`, 'no zone has this name', names))
    }
  }
  for (const { key, name } of zonesOfElectro(electro)) {
    if (!zones.some(({ zone }) => zone.name === name)) {
      problems.push(error(file.name, `electro.${key}`, 'no zone has this name', names))
    }
  }
  if (electro.zone !== undefined && electro.zones?.includes(electro.zone) === false) {
    problems.push(error(file.name, 'electro.zone', 'is not one of electro.zones'))
  }
  if (limits.maxQueuedBytes < limits.maxRequestBytes) {
    const message = 'is less than limits.maxRequestBytes, so that one long message may fill a queue'
    problems.push(warning(file.name, 'limits.maxQueuedBytes', message))
  }
  if (upload.maxFolderBytes < upload.maxTotalBytes) {
    const message = 'is less than upload.maxTotalBytes, so that nothing is ever taken'
    problems.push(error(file.name, 'upload.maxFolderBytes', message))
  }
  for (const source of zones) {
    const idle = source.zone.maxUserIdleSeconds
    if (idle > 0 && idle < limits.sessionIdleSeconds) {
      const message = 'is less than limits.sessionIdleSeconds, so that users are sent away before strangers'
      problems.push(warning(source.file, 'maxUserIdleSeconds', message))
    }
  }
}

/** The zones that the section about ElectroServer clients names, and where. */
function zonesOfElectro({ zone, zones = [] }: CheckedConfig['electro']) {
  const all = zones.map((name, index) => ({ key: `zones[${index}]`, name }))
  return zone === undefined ? all : [{ key: 'zone', name: zone }, ...all]
}
