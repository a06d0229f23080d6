import { readFile } from 'node:fs/promises'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { ClientConfig } from '../config.ts'
import { configOf } from '../config-elements.ts'

const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true, ignorePiTags: true })

/**
 * Gets a configuration file and reads it.
 * @param source  its path, or a URL
 * @throws Error that says what is wrong
 */
export async function readConfigFile(source: string): Promise<ClientConfig> {
  const xml = (await textOf(source)).replace(/^\uFEFF/, '')
  const valid = XMLValidator.validate(xml)
  if (valid !== true) throw new Error(`${source}, line ${valid.err.line}: ${valid.err.msg}`)
  const [[root, content] = ['', '']] = Object.entries<unknown>(parser.parse(xml))
  const elements = typeof content === 'object' && content !== null ? Object.entries(content) : []
  // Elements that come twice or hold others are none of ours.
  return configOf(
    root,
    new Map(elements.filter((one): one is [string, string] => typeof one[1] === 'string')),
  )
}

async function textOf(source: string): Promise<string> {
  if (!/^https?:/.test(source)) return await readFile(source, 'utf8')
  const response = await fetch(source)
  if (!response.ok) throw new Error(`There is no configuration at ${source} (status ${response.status})`)
  return await response.text()
}
