import type { ClientConfig } from './config.ts'
import { configOf } from './config-elements.ts'

/** Gets a configuration file and reads it, in a browser. @throws Error that says what is wrong */
export async function fetchConfig(url: string): Promise<ClientConfig> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`There is no configuration at ${url} (status ${response.status})`)
  const xml = new DOMParser().parseFromString(await response.text(), 'text/xml')
  const root = xml.documentElement
  if (root === null || xml.getElementsByTagName('parsererror').length > 0) {
    throw new Error(`The configuration at ${url} is no XML`)
  }
  return configOf(
    root.nodeName,
    new Map(Array.from(root.children, one => [one.nodeName, one.textContent ?? ''])),
  )
}
