import type { ClientConfig } from './config.ts'

type Setting = {
  [K in keyof ClientConfig]-?: readonly [K, (text: string) => NonNullable<ClientConfig[K]>]
}[keyof ClientConfig]

/** The root of a configuration file. */
const ROOT = 'SmartFoxConfig'

const text = (value: string): string => value
const number = (value: string): number => Number(value === '' ? Number.NaN : value)
const flag = (value: string): boolean => value.toLowerCase() === 'true'

/** The elements of `sfs-config.xml`, former names first: what comes later counts. Others are of other clients. */
const ELEMENTS: Readonly<Record<string, Setting>> = {
  smartConnect: ['useBlueBox', flag],
  blueBoxPort: ['httpPort', number],
  httpPollSpeed: ['blueBoxPollingRate', number],
  ip: ['host', text],
  port: ['port', number],
  zone: ['zone', text],
  debug: ['debug', flag],
  useSSL: ['useSSL', flag],
  httpPort: ['httpPort', number],
  httpsPort: ['httpsPort', number],
  useBlueBox: ['useBlueBox', flag],
  blueBoxPollingRate: ['blueBoxPollingRate', number],
  udpIp: ['udpHost', text],
  udpHost: ['udpHost', text],
  udpPort: ['udpPort', number],
}

/** Elements that every file has. */
const REQUIRED = ['ip', 'port', 'zone']

/**
 * The configuration that a file means.
 * @param root  the name of its root element
 * @param elements  what is in it, by name
 * @throws Error that says what is wrong
 */
export function configOf(root: string, elements: ReadonlyMap<string, string>): ClientConfig {
  if (root !== ROOT) throw new Error(`The configuration begins with ${root} where ${ROOT} is expected`)
  for (const name of REQUIRED) {
    if ((elements.get(name) ?? '').trim() === '') throw new Error(`The configuration has no ${name}`)
  }
  const config: Record<string, unknown> = {}
  for (const [name, [key, read]] of Object.entries(ELEMENTS)) {
    const value = elements.get(name)
    if (value !== undefined) config[key] = read(value.trim())
  }
  return config
}
