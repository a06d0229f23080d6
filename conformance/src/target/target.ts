import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, loadConfig, type ServerConfig, type WarrenServer } from '@warren/server'
import type { Endpoint } from '../client/line.ts'
import { ZONES } from './zones.ts'

/** The server under test. */
export interface Target {
  readonly http: Endpoint
  readonly tcp: Endpoint
  /** Only where a test asks our own server for it, see `everyListener`. */
  readonly https?: Endpoint
  readonly udp?: Endpoint
  readonly electro?: Endpoint
  readonly policy?: Endpoint
  /** Our own, started for the test; nothing when TARGET names another. */
  readonly own: WarrenServer | undefined
  close(): Promise<void>
}

/** What a test changes on its own server. Another server has what it has. */
export type TargetOverrides = Partial<
  Pick<
    ServerConfig,
    | 'limits'
    | 'tunnel'
    | 'delivery'
    | 'zones'
    | 'login'
    | 'listen'
    | 'extensions'
    | 'upload'
    | 'electro'
    | 'flash'
    | 'database'
    | 'mail'
    | 'accountKeys'
  >
>

/** Opens HTTPS and UDP as well, with a certificate made for the test. */
export const everyListener = (): TargetOverrides => ({
  listen: { tcp: 0, http: 0, udp: 0, https: 0, electro: 'off' },
})

const DEFAULT_TCP_PORT = 9933

/** Whether the tests run against a server that was started elsewhere. */
export function isRemote(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.TARGET !== undefined && env.TARGET !== ''
}

/**
 * The server that tests talk to: with TARGET=host:port the one whose HTTP port that is (TARGET_TCP=host:port or a
 * port names its TCP port, 9933 otherwise), else one of ours in this process on free ports.
 * @param change  changes the configuration of our own server
 */
export async function openTarget(
  change: (config: ServerConfig) => TargetOverrides = () => ({}),
): Promise<Target> {
  if (isRemote()) return remoteTarget(process.env)
  const { config, problems } = await loadConfig({ env: {}, cwd: import.meta.dirname })
  if (config === undefined) throw new Error(problems.map(problem => problem.message).join('\n'))
  const base: ServerConfig = {
    ...config,
    host: '127.0.0.1',
    listen: { tcp: 0, http: 0, udp: 'off', https: 'off', electro: 'off' },
    log: { ...config.log, level: 'silent' },
    zones: ZONES,
    extensions: { ...config.extensions, blockedHandlerSeconds: 0 },
    database: { type: 'memory' },
    dataDir: mkdtempSync(join(tmpdir(), 'conformance-')),
  }
  const server = createServer({ ...base, ...change(base) })
  const { http, tcp, https, udp, electro, policy } = await server.start()
  if (http === undefined || tcp === undefined) throw new Error('The server opened no HTTP or TCP listener')
  return {
    http: { host: base.host, port: http },
    tcp: { host: base.host, port: tcp },
    ...(https === undefined ? {} : { https: { host: base.host, port: https } }),
    ...(udp === undefined ? {} : { udp: { host: base.host, port: udp } }),
    ...(electro === undefined ? {} : { electro: { host: base.host, port: electro } }),
    ...(policy === undefined ? {} : { policy: { host: base.host, port: policy } }),
    own: server,
    close: async () => {
      await server.stop()
      rmSync(base.dataDir, { recursive: true, force: true })
    },
  }
}

function remoteTarget({ TARGET, TARGET_TCP }: NodeJS.ProcessEnv): Target {
  const http = endpoint(TARGET ?? '', '')
  return {
    http,
    tcp: endpoint(TARGET_TCP ?? String(DEFAULT_TCP_PORT), http.host),
    own: undefined,
    close: () => Promise.resolve(),
  }
}

/** Reads `host:port`, or a port alone on a known host. */
function endpoint(text: string, knownHost: string): Endpoint {
  const match = /^(?:(?<host>.+):)?(?<port>\d{1,5})$/.exec(text)
  const host = match?.groups?.host ?? knownHost
  const port = Number(match?.groups?.port)
  if (host === '' || !Number.isInteger(port))
    throw new Error(`TARGET must be host:port, not ${JSON.stringify(text)}`)
  return { host, port }
}
