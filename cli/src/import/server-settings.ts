import { count, flag, stringsOf } from './readers.ts'
import { REASONS } from './reasons.ts'
import { type Read, type Reading, type Setting, valueAt } from './setting.ts'
import { socketAddresses } from './sockets.ts'

const addresses: Read = element => ({ value: stringsOf(element) })

const webServer: Read = element => {
  const read: Reading = flag(element)
  return read !== undefined && 'value' in read ? { value: read.value === true ? 8080 : 'off' } : read
}

const POOL = [
  'name',
  'coreThreads',
  'backupThreads',
  'maxBackups',
  'queueSizeTriggeringBackup',
  'secondsTriggeringBackup',
  'backupThreadsExpiry',
  'queueSizeTriggeringBackupExpiry',
  'logActivity',
  'queueFullWarningInterval',
]
const ANY = ['*']
const always = () => true

/** Every setting of `config/server.xml`, below its root. Keys that begin with `zones.` go to each zone. */
export const SERVER_SETTINGS: readonly Setting[] = [
  {
    from: 'socketAddresses',
    to: 'host, listen.tcp, listen.udp',
    read: socketAddresses,
    note: 'one address for all listeners, and one port for each kind',
  },
  { from: 'ipFilter/addressBlackList', to: 'addresses.deny', read: addresses },
  { from: 'ipFilter/addressWhiteList', to: 'addresses.allow', read: addresses },
  { from: 'ipFilter/maxConnectionsPerAddress', to: 'limits.maxConnectionsPerAddress', read: count },
  { from: 'flashCrossdomainPolicy/useMasterSocketPolicy', why: REASONS.flash, idle: ['false'] },
  { from: 'flashCrossdomainPolicy/policyXmlFile', why: REASONS.flash },
  { from: 'systemControllerRequestQueueSize', why: REASONS.threads, idle: ANY },
  { from: 'extensionControllerRequestQueueSize', why: REASONS.threads, idle: ANY },
  { from: 'schedulerThreadPoolSize', why: REASONS.threads, idle: ANY },
  { from: 'protocolCompressionThreshold', to: 'delivery.compressionThreshold', read: count },
  { from: 'protocolMode', why: REASONS.java, idle: ['BINARY'] },
  { from: 'useBinaryProtocol', why: REASONS.java, idle: ['true'] },
  {
    from: 'remoteAdmin',
    why: REASONS.admin,
    settings: ['administrators', 'allowedRemoteAddresses', 'adminTcpPort', 'useEncryption'],
    idle: () => false,
  },
  {
    from: 'bannedUserManager',
    why: REASONS.bans,
    settings: ['isAutoRemove', 'isPersistent', 'customPersistenceClass'],
    idle: element =>
      valueAt(element, 'isAutoRemove') !== 'false' &&
      valueAt(element, 'isPersistent') !== 'false' &&
      valueAt(element, 'customPersistenceClass') === '',
  },
  { from: 'extensionRemoteDebug', why: REASONS.debugging, idle: ANY },
  { from: 'startExtensionFileMonitor', why: REASONS.extensions, idle: ANY },
  { from: 'useFriendlyExceptions', why: REASONS.debugging, idle: ANY },
  { from: 'useDebugMode', why: REASONS.debugging, idle: ANY },
  { from: 'statsExtraLoggingEnabled', why: REASONS.debugging, idle: ANY },
  {
    from: 'mailer',
    why: REASONS.mail,
    settings: ['isActive', 'mailHost', 'mailUser', 'mailPass', 'smtpPort', 'workerThreads'],
    idle: element => valueAt(element, 'isActive') !== 'true',
  },
  {
    from: 'webServer/isActive',
    to: 'listen.http',
    read: webServer,
    note: 'true is port 8080, false is "off"; the web server has its ports in files of its own, so check them',
  },
  { from: 'webServer/isWSActive', why: REASONS.webSocketOff, idle: ['true', ''] },
  {
    from: 'webServer/blueBoxPollingTimeout',
    to: 'tunnel.silenceSeconds',
    read: count,
    note: 'SFS2X holds a poll for four fifths of it, Warren for `tunnel.pollSeconds`',
  },
  { from: 'webServer/blueBoxMsgQueueSize', why: REASONS.queue, idle: ANY },
  { from: 'webServer/blueBoxPollingRate', why: REASONS.pollingRate, idle: ANY },
  { from: 'webServer/allowedWebsocketOrigins', why: REASONS.origins, idle: ['', '*'] },
  {
    from: 'analytics',
    why: REASONS.analytics,
    settings: [
      'isActive',
      'runOnDay',
      'runAtHour',
      'runOnStartup',
      'rebuildDB',
      'skipGeolocation',
      'sourceFolder',
      'locale',
    ],
    idle: element => valueAt(element, 'isActive') !== 'true',
  },
  { from: 'systemThreadPoolSettings', why: REASONS.threads, settings: POOL, idle: always },
  { from: 'extensionThreadPoolSettings', why: REASONS.threads, settings: POOL, idle: always },
  { from: 'sessionMaxIdleTime', to: 'limits.sessionIdleSeconds', read: count },
  {
    from: 'userMaxIdleTime',
    to: 'zones.maxUserIdleSeconds',
    read: count,
    note: 'goes to each zone without `overrideMaxUserIdleTime`',
  },
  { from: 'licenseCode', why: REASONS.licence, idle: ANY },
  { from: 'licenseEmails', why: REASONS.licence, idle: ANY },
  { from: 'ghostHunterEnabled', why: REASONS.java, idle: ANY },
]

/** Every setting of `config/core.xml`, below its root. */
export const CORE_SETTINGS: readonly Setting[] = [
  { from: 'maxIncomingRequestSize', to: 'limits.maxRequestBytes', read: count },
  { from: 'sessionPacketQueueSize', why: REASONS.queue, idle: ANY },
  { from: 'packetQueuePolicyClass', why: REASONS.queue, idle: ANY },
  { from: 'tcpNoDelay', why: REASONS.java, idle: ANY },
  { from: 'allowClientUdpPortChanges', why: REASONS.udpPort, idle: ['false'] },
  { from: 'allowedWebsocketOrigins', why: REASONS.origins, idle: ['', '*'] },
  ...[
    'socketAcceptorThreadPoolSize',
    'socketReaderThreadPoolSize',
    'socketWriterThreadPoolSize',
    'readBufferType',
    'maxReadBufferSize',
    'writeBufferType',
    'maxWriteBufferSize',
  ].map(from => ({ from, why: REASONS.threads, idle: ANY })),
  ...['systemControllerClass', 'extensionControllerClass', 'ioHandlerClass', 'sessionManagerClass'].map(
    from => ({
      from,
      why: REASONS.java,
      idle: ANY,
    }),
  ),
]
