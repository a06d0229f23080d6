import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseXml, type XmlElement, XmlError } from './xml.ts'

const SUFFIX = '.zone.xml'

/** The files of an SFS2X installation that an import reads. */
export interface Source {
  /** The folder that has `config` and `zones`. */
  readonly folder: string
  readonly server: XmlElement
  readonly core: XmlElement | undefined
  readonly zones: readonly ZoneSource[]
}

interface ZoneSource {
  /** The name of the file without its ending. */
  readonly name: string
  readonly root: XmlElement
}

/** Something in the folder keeps the import from going on. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}

/**
 * Reads an installation. The folder is the one that has `config` and `zones`, or the one above, in which it is
 * called `SFS2X`.
 * @throws SourceError
 */
export async function readSource(folder: string): Promise<Source> {
  for (const candidate of [folder, join(folder, 'SFS2X')]) {
    const server = await readXml(join(candidate, 'config', 'server.xml'))
    if (server === undefined) continue
    const core = await readXml(join(candidate, 'config', 'core.xml'))
    return { folder: candidate, server, core, zones: await readZones(join(candidate, 'zones')) }
  }
  throw new SourceError(`${folder} has no config/server.xml`)
}

async function readZones(folder: string): Promise<ZoneSource[]> {
  const files = await readdir(folder).catch(() => [])
  const zones: ZoneSource[] = []
  for (const file of files.filter(name => name.endsWith(SUFFIX)).sort()) {
    const root = await readXml(join(folder, file))
    if (root !== undefined) zones.push({ name: basename(file, SUFFIX), root })
  }
  return zones
}

/** The root of an XML file; undefined if there is no such file. */
async function readXml(path: string): Promise<XmlElement | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return parseXml(text)
  } catch (error) {
    if (error instanceof XmlError) throw new SourceError(`${path} is not XML: ${error.message}`)
    throw error
  }
}
