import { given } from './given.ts'

/**
 * How a client finds its server. The names are those of `sfs-config.xml` in camel case; what is left out has the
 * default that is said here.
 */
export interface ClientConfig {
  /** Name or address of the server. Default `127.0.0.1`. */
  readonly host?: string
  /**
   * Port of the first transport: of the WebSocket in browsers, of TCP in Node. Default 9933 for TCP; for WebSocket
   * `httpPort`, or `httpsPort` with `useSSL`.
   */
  readonly port?: number
  /** The zone that `login` means when none is given. */
  readonly zone?: string
  /** Traces what is sent and received, on the console or to a function. Default false. */
  readonly debug?: boolean | ((line: string) => void)
  /** WebSocket and tunnel over TLS, and TLS on TCP. Default false. */
  readonly useSSL?: boolean
  /** Port of WebSocket and tunnel. Default 8080. */
  readonly httpPort?: number
  /** The same over TLS, and of the exchange of keys. Default 8443. */
  readonly httpsPort?: number
  /** Whether to go through the HTTP tunnel when the first transport cannot connect. Default true. */
  readonly useBlueBox?: boolean
  /** Milliseconds between two polls of the tunnel, 50 to 5000. Default 750. */
  readonly blueBoxPollingRate?: number
  /** Host of UDP. Default `host`. */
  readonly udpHost?: string
  /** Port of UDP. Default 9933. */
  readonly udpPort?: number
  /** Seconds that the server may take to answer before a promise form rejects. Default 10. */
  readonly answerSeconds?: number
  /**
   * Seconds without a word from the server after which a line is taken for dead; once in between the server is asked
   * for one. 0 is never. Default 20.
   */
  readonly silenceSeconds?: number
}

/** Parts of a configuration; what is undefined is left out. */
export type ConfigParts = { readonly [K in keyof ClientConfig]: ClientConfig[K] | undefined }

/** A configuration without gaps. */
export type FullConfig = Required<Omit<ClientConfig, 'port'>> & { readonly port: number | undefined }

const DEFAULTS: FullConfig = {
  host: '127.0.0.1',
  port: undefined,
  zone: '',
  debug: false,
  useSSL: false,
  httpPort: 8080,
  httpsPort: 8443,
  useBlueBox: true,
  blueBoxPollingRate: 750,
  udpHost: '',
  udpPort: 9933,
  answerSeconds: 10,
  silenceSeconds: 20,
}

const MAX_PORT = 65_535

/**
 * Fills in what a configuration leaves out.
 * @throws TypeError for a port that is none, or an empty host
 */
export function fullConfig(config: ConfigParts): FullConfig {
  const full: FullConfig = { ...DEFAULTS, ...given(config) }
  if (full.host === '') throw new TypeError('The host is empty: name the server')
  for (const key of ['blueBoxPollingRate', 'answerSeconds'] as const) {
    if (!(full[key] > 0)) throw new TypeError(`${key} must be a number above 0, not ${full[key]}`)
  }
  for (const key of ['port', 'httpPort', 'httpsPort', 'udpPort'] as const) {
    const port = full[key]
    if (port === undefined || (Number.isInteger(port) && port >= 0 && port <= MAX_PORT)) continue
    throw new TypeError(`${key} must be a number from 0 to ${MAX_PORT}, not ${port}`)
  }
  return full
}
