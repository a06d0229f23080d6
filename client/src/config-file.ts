import type { ClientConfig } from './config.ts'
import { configOf } from './config-elements.ts'

interface XmlElement {
  readonly nodeName: string
  readonly textContent: string | null
  readonly children: Iterable<XmlElement>
}

/** What is used of the browser's own parser. */
interface Browser {
  readonly DOMParser: new () => {
    parseFromString(
      text: string,
      type: 'text/xml',
    ): {
      readonly documentElement: XmlElement | null
      getElementsByTagName(name: string): { readonly length: number }
    }
  }
}

/** Gets a configuration file and reads it, in a browser. @throws Error that says what is wrong */
export async function fetchConfig(url: string): Promise<ClientConfig> {
  const { DOMParser } = globalThis as unknown as Partial<Browser>
  if (DOMParser === undefined) {
    throw new Error(`Nothing here reads XML, so ${url} cannot be read: in Node import @warren/client/node`)
  }
  const response = await fetch(url)
  if (!response.ok) throw new Error(`There is no configuration at ${url} (status ${response.status})`)
  const xml = new DOMParser().parseFromString(await response.text(), 'text/xml')
  const root = xml.documentElement
  if (root === null || xml.getElementsByTagName('parsererror').length > 0) {
    throw new Error(`The configuration at ${url} is no XML`)
  }
  const elements = Array.from(root.children, one => [one.nodeName, one.textContent ?? ''] as const)
  // The port of a file is that of TCP, which browsers do not have: a WebSocket uses `httpPort` or `httpsPort`.
  const { port: _, ...config } = configOf(root.nodeName, new Map(elements))
  return config
}
