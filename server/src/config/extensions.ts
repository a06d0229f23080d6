import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExtensionSettings } from '../domain/settings.ts'
import type { ExtensionsConfig } from './config.ts'
import { type ConfigFile, isThere } from './config-file.ts'
import { DEFAULT_ZONES_NAME } from './default-zones.ts'
import { type ConfigProblem, error } from './problem.ts'
import type { ZoneSource } from './zone-files.ts'

/**
 * Where the extensions are, whether zones and rooms name ones that exist, and the limits.
 * @returns with the zones; the default ones name no example that is not there
 */
export async function readExtensions(
  file: ConfigFile,
  zones: readonly ZoneSource[],
  examplesDir: string | undefined,
  { env }: { readonly env: Readonly<Record<string, string | undefined>> },
  problems: ConfigProblem[],
): Promise<{ readonly extensions: ExtensionsConfig; readonly zones: readonly ZoneSource[] }> {
  const { dir, watch = env.NODE_ENV !== 'production', definitions = {}, ...limits } = file.values.extensions
  const dirs: string[] = []
  const given = file.path('extensions.dir', dir)
  const usual = file.beside('extensions')
  if (given !== undefined) {
    if (await isThere(given.path)) dirs.push(given.path)
    else problems.push(error(given.source, given.key, `${given.path} cannot be read`))
  } else if (await isThere(usual)) {
    dirs.push(usual)
  }
  if (examplesDir !== undefined && zones.some(source => source.file === DEFAULT_ZONES_NAME)) {
    dirs.push(...(await extensionDirsOfExamples(examplesDir)))
  }
  const known = [...Object.keys(definitions), ...(await namesIn(dirs))]
  const able = zones.map(source =>
    source.file === DEFAULT_ZONES_NAME ? withoutMissing(source, known) : source,
  )
  checkNames(able, known, problems)
  return { extensions: { ...limits, dirs, watch, definitions }, zones: able }
}

/** A server may be installed without the examples. */
function withoutMissing({ file, zone }: ZoneSource, known: readonly string[]): ZoneSource {
  const there = (settings: readonly ExtensionSettings[]) =>
    settings.filter(({ name }) => known.includes(name))
  const rooms = zone.rooms.map(room => ({ ...room, extensions: there(room.extensions) }))
  const clientRoomExtensions = zone.clientRoomExtensions.filter(name => known.includes(name))
  return { file, zone: { ...zone, extensions: there(zone.extensions), clientRoomExtensions, rooms } }
}

/** The default zones run what the examples need. */
async function extensionDirsOfExamples(examplesDir: string): Promise<string[]> {
  const folders = await subfolders(examplesDir)
  const candidates = folders.map(name => join(examplesDir, name, 'extensions'))
  const found: string[] = []
  for (const path of [join(examplesDir, 'extensions'), ...candidates]) {
    if (await isThere(path)) found.push(path)
  }
  return found
}

async function namesIn(dirs: readonly string[]): Promise<string[]> {
  return (await Promise.all(dirs.map(subfolders))).flat()
}

async function subfolders(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  return entries
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(entry => entry.name)
    .sort()
}

function checkNames(zones: readonly ZoneSource[], known: readonly string[], problems: ConfigProblem[]): void {
  const there = known.map(name => JSON.stringify(name)).join(', ') || 'none'
  const check = (file: string, path: string, names: readonly { readonly name: string }[]) => {
    for (const [index, { name }] of names.entries()) {
      if (!known.includes(name)) {
        problems.push(error(file, `${path}[${index}]`, `there is no extension "${name}"`, there))
      }
    }
  }
  for (const { file, zone } of zones) {
    check(file, 'extensions', zone.extensions)
    check(
      file,
      'clientRoomExtensions',
      zone.clientRoomExtensions.map(name => ({ name })),
    )
    for (const [index, room] of zone.rooms.entries())
      check(file, `rooms[${index}].extensions`, room.extensions)
  }
}
