import { z } from 'zod'
import type { LoginHook } from '../extension/login.ts'
import { databaseName } from './database.ts'
import { electroSchema } from './electro-schema.ts'
import { extensionsSchema, userExtensionsSchema } from './extension-schema.ts'
import {
  bytes,
  count,
  described,
  fileName,
  flag,
  hostAddress,
  listener,
  logLevel,
  milliseconds,
  seconds,
} from './fields.ts'
import { flashSchema } from './flash-schema.ts'
import { mailSchema } from './mail-schema.ts'
import { uploadSchema } from './upload-schema.ts'

const MEBIBYTE = 1_048_576
/** Some native clients throw at 100 or less [P-1.3.3]. */
const MIN_COMPRESSION_THRESHOLD = 101

const listen = z
  .strictObject({
    tcp: listener('Native clients, plain or with TLS.').default(9933),
    udp: listener('Datagrams of native clients. Left out: the port of tcp.').optional(),
    http: listener('Home page, metrics and WebSocket.').default(8080),
    https: listener(
      'The same with TLS, and the keys of clients that encrypt. Without tls it has a certificate made for development.',
    ).default(8443),
    electro: listener('Clients of ElectroServer 3.').default(9875),
  })
  .describe('The listeners.')

const tls = z
  .strictObject({
    keyFile: described(fileName, 'File with the private key, PEM; relative to the configuration file.'),
    certFile: described(
      fileName,
      'File with the certificate chain, PEM; relative to the configuration file.',
    ),
  })
  .describe(
    'Key and certificate, for TLS on the TCP port and for HTTPS. Left out: one is made for development and kept in dataDir, unless https is off.',
  )

const limits = z
  .strictObject({
    maxConnectionsPerAddress: count('Lines from one address at once.', 'lines', 1, 10_000_000, 1000),
    maxPendingHandshakes: count(
      'Lines that have not shaken hands yet, at once.',
      'lines',
      1,
      1_000_000,
      5000,
    ),
    handshakeTimeoutSeconds: seconds('How long a line may take for its handshake.', 10),
    maxRequestBytes: bytes('The longest request.', 500_000, 1024, 64 * MEBIBYTE),
    requestsPerSecond: count(
      'Requests of one line, sustained; twice as many at once.',
      'requests a second',
      1,
      1_000_000,
      1000,
    ),
    bytesPerSecond: count(
      'What one line may send, sustained; twice as much at once.',
      'bytes a second',
      1024,
      1_000_000_000,
      2_000_000,
    ),
    maxQueuedBytes: bytes('What may wait for a client that reads slowly.', MEBIBYTE, 16_384, 1024 * MEBIBYTE),
    maxFrozenBytes: bytes(
      'What may wait for a client whose line is lost.',
      MEBIBYTE / 4,
      16_384,
      1024 * MEBIBYTE,
    ),
    maxDatagramBytes: bytes(
      'The longest datagram, either way; what a path carries in one piece.',
      1400,
      128,
      65_507,
    ),
    datagramsPerSecond: count(
      'Datagrams of one user, sustained; twice as many at once.',
      'datagrams a second',
      1,
      1_000_000,
      1000,
    ),
    strangeDatagramsPerSecond: count(
      'Datagrams of all whose address belongs to no user, together; twice as many at once.',
      'datagrams a second',
      1,
      1_000_000,
      1000,
    ),
    sessionIdleSeconds: seconds('How long a line may go without a login.', 30),
    maxWaitingRequests: count(
      'Requests of one session that may wait for its login.',
      'requests',
      1,
      10_000,
      64,
    ),
    deadLineSeconds: seconds('How long a line may be dead before it is found lost.', 60, 2),
    closeDelaySeconds: seconds('From telling a client why it must go to closing its line.', 1, 0),
  })
  .describe('What is too much. Each refusal is counted and logged.')

const tunnel = z
  .strictObject({
    active: flag('Whether clients may come through the HTTP tunnel.', true),
    pollSeconds: seconds('How long a poll is held that there is nothing for.', 20, 1, 3600),
    silenceSeconds: seconds('How long a tunnel may be without a poll before it counts as lost.', 28),
    maxTunnelsPerAddress: count('Tunnels from one address at once.', 'tunnels', 1, 10_000_000, 250),
  })
  .describe('The HTTP tunnel, for clients that reach nothing but HTTP.')

const addressList = (sentence: string) =>
  described(
    z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])),
    `${sentence} IPv4 or IPv6 addresses, or ranges such as 10.0.0.0/8.`,
  ).default([])

const addresses = z
  .strictObject({
    deny: addressList('Whose connections are refused.'),
    allow: addressList('Whose connections are always taken: not denied, and not counted by address.'),
  })
  .describe('Addresses that are treated in a way of their own.')

const delivery = z
  .strictObject({
    maxFlushWindowMillis: milliseconds(
      'The longest that a message waits for others, under load, to leave in one write; longer only where writing to all lines takes longer still.',
      4,
      1000,
    ),
    compressionThreshold: bytes(
      'Packets longer than this are compressed; clients are told it too.',
      1024,
      MIN_COMPRESSION_THRESHOLD,
      64 * MEBIBYTE,
    ),
  })
  .describe('How messages leave.')

const log = z
  .strictObject({
    level: described(logLevel, 'The least important lines that are written.').default('info'),
  })
  .describe('The log, on standard error.')

const loginHook = z.custom<LoginHook>(value => typeof value === 'function', {
  error: 'must be a function',
})

/** A configuration file without what only code can say. */
const dataSchema = z.strictObject({
  $schema: z.string().optional().describe('Where the JSON Schema of this file is, for editors.'),
  host: described(hostAddress, 'The address to listen on; 0.0.0.0 or :: for every one.').default('127.0.0.1'),
  listen: listen.prefault({}),
  tls: tls.optional(),
  limits: limits.prefault({}),
  tunnel: tunnel.prefault({}),
  addresses: addresses.prefault({}),
  delivery: delivery.prefault({}),
  log: log.prefault({}),
  extensions: extensionsSchema.prefault({}),
  electro: electroSchema.prefault({}),
  upload: uploadSchema.prefault({}),
  flash: flashSchema.prefault({}),
  mail: mailSchema.optional(),
  dataDir: described(
    fileName,
    'The folder of what the server keeps, such as its database; relative to the configuration file. Made when it is needed.',
  ).default('data'),
  database: described(
    databaseName,
    'Where the server keeps what outlives it: sqlite:FILE, relative to the configuration file; postgres://user:password@host/database; or memory, which keeps nothing. Left out: the file warren.sqlite in dataDir.',
  ).optional(),
  zonesDir: described(
    fileName,
    'The folder of the zone files, <name>.zone.json; relative to the configuration file. Left out: zones, if it is there.',
  ).optional(),
  examplesDir: described(
    fileName,
    'The folder of the examples that the home page offers; relative to the configuration file. Left out: those that came with Warren.',
  ).optional(),
})

/** What may stand in `warren.config.json`. */
export const jsonConfigSchema = dataSchema.describe('The configuration of a Warren server.')

/** What may stand in `warren.config.ts`. */
export const userConfigSchema = dataSchema.extend({
  extensions: userExtensionsSchema.prefault({}),
  login: z
    .record(z.string(), loginHook)
    .optional()
    .describe('Decides about the logins of a zone; by the name of the zone.'),
})
