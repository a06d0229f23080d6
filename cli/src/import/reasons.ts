import type { Reason } from './setting.ts'

/** Why settings are not carried. */
export const REASONS = {
  buddyCache: {
    what: 'Cache of buddy variables',
    why: 'Warren asks its database for those who are away, all of a list at once.',
    advice: 'Nothing.',
  },
  buddyStorage: {
    what: 'Own storage of buddy lists',
    why: 'A Java class does not run in Warren, which keeps buddy lists in its database.',
    advice: 'Choose the database with --db; lists that an extension brings go in by api.buddies.',
  },
  extensions: {
    what: 'Extensions',
    why: 'Java and Python code does not run in Warren.',
    advice:
      'Rewrite it in TypeScript (docs/guide/from-sfs2x-extensions.md) and name it in the zone file; until then, calls to it get no answer.',
  },
  database: {
    what: 'Database connections',
    why: 'Warren opens none by itself.',
    advice: 'Open one in the host program, with the driver of your database.',
  },
  login: {
    what: 'Custom login',
    why: 'Here an extension of the zone that handles userLogin decides, or a function of the configuration.',
    advice:
      'Where the old extension looked users up in a table, accounts: { login: true, signup: true } in the zone file may be enough (docs/guide/accounts.md). If not, handle userLogin (docs/guide/extensions.md), or write login: { "<zone>": attempt => ... } in warren.config.ts. Without any of them everybody is let in.',
  },
  geolocation: {
    what: 'Places of users',
    why: 'Warren does not look up where addresses are.',
    advice: 'Take the addresses from the log, if you may.',
  },
  playerIds: {
    what: 'Own generators of player ids',
    why: 'A Java class does not run in Warren, which gives the lowest free number.',
    advice: 'Check that your games accept that.',
  },
  dynamicRooms: {
    what: 'Rooms marked as made at run time',
    why: 'A room of a zone file is there from the start and stays.',
    advice: 'Delete the room from the zone file if it should not be there.',
  },
  floodRules: {
    what: 'Rules of the flood filter',
    why: 'Stock zone files have no documented form for them.',
    advice: 'Write each as { "request", "maxRequests", "seconds" } into floodFilter.rules of the zone file.',
  },
  threads: {
    what: 'Threads, queues and buffers',
    why: 'Warren has no thread pools and tunes its buffers itself.',
    advice: 'Nothing. limits in warren.config.ts bounds what one client may use.',
  },
  java: {
    what: 'Parts of the Java server',
    why: 'Warren is built in another way and has nothing of the kind.',
    advice: 'Nothing.',
  },
  queue: {
    what: 'Length of the queue of a client',
    why: 'Warren bounds it in bytes, not in packets, and drops no single message: it ends the line.',
    advice: 'Adapt limits.maxQueuedBytes if clients read slowly.',
  },
  flash: {
    what: 'Policy files of Flash',
    why: 'Warren makes the file itself, for the domains that are named and its own ports.',
    advice: 'Name the hosts of the movies in flash.domains.',
  },
  admin: {
    what: 'Remote administration',
    why: 'Warren has no administration page with accounts yet, and never a default password.',
    advice: 'Use the configuration files, the log and the metrics.',
  },
  bans: {
    what: 'Keeping of bans',
    why: 'Warren always keeps bans over restarts, in dataDir, and forgets them when their time is over.',
    advice: 'Nothing. Bans that are in force on the old server are not carried.',
  },
  mail: {
    what: 'Mail',
    why: 'Warren sends mail about accounts only, and by settings of its own.',
    advice:
      'Write mail: { from, smtp } into warren.config.ts (docs/guide/accounts.md), or send mail from an extension.',
  },
  analytics: {
    what: 'Analytics',
    why: 'Warren counts for Prometheus instead.',
    advice: 'Let Prometheus read /metrics.',
  },
  pollingRate: {
    what: 'Rate of polls in the tunnel',
    why: 'Warren holds polls and answers them when there is something; how soon the next one comes is up to the client.',
    advice: 'Nothing. Clients have the setting in their own configuration.',
  },
  webSocketOff: {
    what: 'Switching WebSocket alone off',
    why: 'It is served on the same port as the home page.',
    advice: 'Set listen.http to "off" to close both.',
  },
  origins: {
    what: 'Origins of WebSockets',
    why: 'Warren does not check them yet.',
    advice: 'Let a proxy in front check the Origin header.',
  },
  debugging: {
    what: 'Debugging and logs',
    why: 'Warren has one log with a level.',
    advice: 'Set log.level in warren.config.ts.',
  },
  licence: {
    what: 'Licence',
    why: 'Warren needs none.',
    advice: 'Nothing.',
  },
  udpPort: {
    what: 'Changing UDP ports',
    why: 'An address and port belong to a user until he logs out or his line ends; then his client asks for them anew.',
    advice: 'Nothing.',
  },
} as const satisfies Readonly<Record<string, Reason>>
