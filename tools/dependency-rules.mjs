// Who may import whom. Left a folder, right everything it may import beside itself. Paths without a package in front
// are below server/src.
const may = {
  'codec/src': [],
  'cli/src': ['server/src/index.ts', 'server/src/internal.ts', 'bench/src/load/index.ts'],
  'conformance/src': [
    'client/src/index.ts',
    'codec/src/index.ts',
    'codec/src/es3/index.ts',
    'codec/src/node.ts',
    'server/src/index.ts',
    'server/src/internal.ts',
  ],
  'bench/src': [
    'client/src/index.ts',
    'client/src/node.ts',
    'codec/src/index.ts',
    'codec/src/es3/index.ts',
    'codec/src/node.ts',
    'server/src/index.ts',
    'server/src/internal.ts',
    'bench/peers',
  ],

  // Extensions have what anybody has.
  'examples/extensions': [
    'codec/src/index.ts',
    'codec/src/schema/index.ts',
    'server/src/index.ts',
    'server/src/testing/index.ts',
  ],

  // The client. Its mirror and its requests know nothing of how they get to the server.
  'client/src': [
    'codec/src/index.ts',
    'codec/src/node.ts',
    'codec/src/schema/index.ts',
    'codec/src/es3/index.ts',
  ],
  'client/src/mirror': ['client/src/events.ts', 'codec/src/index.ts'],
  'client/src/requests': [
    'client/src/given.ts',
    'client/src/match-expression.ts',
    'client/src/mirror',
    'client/src/password.ts',
    'codec/src/index.ts',
  ],

  // The server, in the order a request meets it. Of what comes before them they know the contract only.
  'server/src/transport': ['clock.ts'],
  'server/src/protocol': ['transport/connection.ts', 'codec/src/index.ts', 'codec/src/es3/index.ts'],
  'server/src/session': [
    'transport/connection.ts',
    'protocol/protocol.ts',
    'protocol/datagram.ts',
    'clock.ts',
    'codec/src/index.ts',
    'codec/src/es3/index.ts',
  ],
  'server/src/controller': [
    'protocol/protocol.ts',
    'accounts/accounts.ts',
    'session',
    'domain',
    'extension/port.ts',
    'extension/login.ts',
    'extension/login-chain.ts',
    'extension/call-error.ts',
    'outbox/es3-rows.ts',
    'errors.ts',
    'clock.ts',
    'codec/src/index.ts',
    'codec/src/es3/index.ts',
  ],
  'server/src/domain': ['errors.ts', 'codec/src/index.ts'],
  'server/src/outbox': [
    'domain',
    'session/session.ts',
    'session/sessions.ts',
    'session/datagram-way.ts',
    'protocol/protocol.ts',
    'protocol/datagram.ts',
    'transport/connection.ts',
    'codec/src/index.ts',
    'codec/src/es3/index.ts',
  ],

  // Beside the flow.
  'server/src/accounts': [
    'domain/account-settings.ts',
    'domain/settings.ts',
    'domain/store-unavailable.ts',
    'domain/user.ts',
    'extension/call-error.ts',
    'extension/data-store.ts',
    'extension/definition.ts',
    'extension/instance.ts',
    'extension/login.ts',
    'errors.ts',
    'clock.ts',
    'codec/src/index.ts',
    'codec/src/schema/index.ts',
  ],
  'server/src/extension': [
    'domain',
    'accounts/account.ts',
    'accounts/sign-up.ts',
    'api/mmo-api.ts',
    'api/server-api.ts',
    'errors.ts',
    'clock.ts',
    'codec/src/index.ts',
    'codec/src/schema/index.ts',
  ],
  'server/src/api': [
    'accounts/account.ts',
    'accounts/accounts.ts',
    'controller/context.ts',
    'controller/sentence.ts',
    'domain',
    'errors.ts',
    'codec/src/index.ts',
  ],
  'server/src/store': [
    'accounts/account.ts',
    'accounts/memory-accounts.ts',
    'domain/bans.ts',
    'domain/buddies/buddy-store.ts',
    'domain/buddies/memory-buddies.ts',
    'domain/settings.ts',
    'domain/stored-rooms.ts',
    'domain/store-unavailable.ts',
    'extension/data-store.ts',
    'clock.ts',
    'codec/src/index.ts',
  ],
  'server/src/crypto': ['clock.ts', 'transport/routes.ts'],
  'server/src/words': ['domain/filter'],
  'server/src/modules': ['extension/instance.ts'],
  'server/src/observe': ['status.ts', 'transport/http.ts', 'extension/parts.ts'],
  'server/src/config': [
    'accounts/create-mailer.ts',
    'domain/account-settings.ts',
    'domain/settings.ts',
    'domain/buddies/settings.ts',
    'domain/filter/settings.ts',
    'domain/filter/language-filter.ts',
    'domain/mmo/mmo-settings.ts',
    'extension/login.ts',
    'extension/instance.ts',
    'extension/parts.ts',
    'words/words-file.ts',
    'store/address.ts',
    'codec/src/index.ts',
  ],
  'server/src/site': ['status.ts', 'transport/routes.ts'],
  'server/src/upload': ['transport/routes.ts', 'clock.ts'],

  // The whole server in memory, for tests of extensions.
  'server/src/testing': [
    'accounts/assistants.ts',
    'accounts/sealing.ts',
    'controller/es3/settings.ts',
    'core.ts',
    'core-options.ts',
    'tick.ts',
    'clock.ts',
    'errors.ts',
    'api',
    'config/zone-files.ts',
    'config/zone-schema.ts',
    'config/problem.ts',
    'domain',
    'extension',
    'observe/counters.ts',
    'observe/extension-tallies.ts',
    'observe/log.ts',
    'session/token.ts',
    'store/ban-writes.ts',
    'store/memory-store.ts',
    'transport',
    'codec/src/index.ts',
    'codec/src/node.ts',
    'codec/src/schema/index.ts',
  ],
}

// Node built-ins. A folder of this table that has none is plain TypeScript.
const builtIns = {
  'codec/src': '',
  'client/src': '',
  'server/src/transport': 'net|tls|http|https|fs|path|url|stream|events|buffer|crypto|dgram|dns/promises',
  'server/src/protocol': '',
  'server/src/session': 'crypto',
  'server/src/controller': '',
  'server/src/domain': '',
  'server/src/extension': '',
  'server/src/api': '',
  'server/src/accounts': 'crypto|fs/promises|path',
  'server/src/store': 'events|fs|path|sqlite|worker_threads',
  'server/src/crypto': 'crypto|fs|http|path',
  'server/src/words': 'fs|path',
  'server/src/modules': 'fs|fs/promises|module|path|url',
  'server/src/outbox': '',
  'server/src/observe': 'async_hooks|perf_hooks|os|util|v8|worker_threads',
  'server/src/config': 'fs|fs/promises|path|url',
  'server/src/upload': 'crypto|fs/promises|http|path|stream',
  'server/src/site': 'crypto|fs|fs/promises|http|module|path|url',
  'server/src/testing': '',
}

/** Folders without third-party packages. */
const PLAIN = 'codec/src|server/src/(protocol|session|controller|domain|outbox)'
const PACKAGES = '^(codec|client|server|cli|conformance|bench|examples)/'
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown']

const escaped = text => text.replaceAll('.', '[.]')
const whole = path =>
  escaped(/^(codec|client|server|cli|conformance|bench)\//.test(path) ? path : `server/src/${path}`)
const pattern = path => `^${whole(path)}${path.endsWith('.ts') ? '$' : '/'}`
const named = (folder, what) => `${folder.replace('server/src/', '').replace('/src', '')}-${what}`

/** The folders of the table, so that the check can tell that none of them was missed. */
export const folders = Object.keys(may)

export const forbidden = [
  {
    name: 'client-in-browsers',
    severity: 'error',
    comment: 'What browsers load knows nothing of Node.',
    from: { path: '^client/src/', pathNot: '^client/src/node([.]ts$|/)' },
    to: { path: '^(client/src/node([.]ts$|/)|codec/src/node[.]ts$)' },
  },
  {
    name: 'no-circular',
    severity: 'error',
    comment: 'Files in a circle, type imports included, cannot be read one at a time.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'not-to-test',
    severity: 'error',
    comment: 'What is shipped must not import tests.',
    from: { pathNot: '/(test|fuzz)/' },
    to: { path: '/test/' },
  },
  {
    name: 'no-unresolvable',
    severity: 'error',
    comment: 'There is no such file, or the other package does not export it.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-orphans',
    severity: 'error',
    comment: 'Nothing uses this file, and it uses nothing.',
    from: { orphan: true, pathNot: ['[.]d[.]m?ts$', '/test/', '^bench/peers/', '/public/'] },
    to: {},
  },
  {
    name: 'packages-at-the-edges',
    severity: 'error',
    comment: 'These folders have no third-party packages; those live at the edges.',
    from: { path: `^(${PLAIN})/`, pathNot: '^codec/src/es3/read-xml[.]ts$' },
    to: { dependencyTypes: NPM, path: 'node_modules/(?!@warren/)' },
  },
  {
    name: 'es3-on-its-own',
    severity: 'error',
    comment:
      'Nobody else pays for ElectroServer 3: it has an entry of its own, and its reader the one package of the codec.',
    from: { path: '^codec/src/', pathNot: '^codec/src/es3/' },
    to: { path: '^codec/src/es3/' },
  },
  {
    name: 'one-xml-parser',
    severity: 'error',
    comment: 'The reader of ElectroServer 3 has its parser, and no other package.',
    from: { path: '^codec/src/es3/' },
    to: { dependencyTypes: NPM, path: 'node_modules/(?!@warren/|htmlparser2/)' },
  },
  {
    name: 'composition-is-private',
    severity: 'error',
    comment:
      'core.ts and server.ts see everything and are seen by nobody; take what you need as an argument.',
    from: { pathNot: '^server/src/(index|internal|server|testing/test-server)[.]ts$|/test/' },
    to: { path: '^server/src/(server|core)[.]ts$' },
  },
  ...Object.entries(may).map(([from, to]) => ({
    name: named(from, 'may-import'),
    severity: 'error',
    comment: `${from} may import itself and ${to.join(', ') || 'nothing else'}.`,
    from: { path: `^${from}/` },
    to: { path: PACKAGES, pathNot: [`^${from}/`, 'node_modules', ...to.map(pattern)] },
  })),
  ...Object.entries(builtIns).map(([from, allowed]) => ({
    name: named(from, 'node-built-ins'),
    severity: 'error',
    comment: `${from} may use these Node built-ins: ${allowed.replaceAll('|', ', ') || 'none'}.`,
    // These are the doors of codec and client to Node, and not exported to browsers.
    from: { path: `^${from}/`, pathNot: '^(codec|client)/src/node([.]ts$|/)' },
    to: { dependencyTypes: ['core'], ...(allowed === '' ? {} : { pathNot: `^(node:)?(${allowed})$` }) },
  })),
]
