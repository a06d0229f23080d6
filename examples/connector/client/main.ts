import { SmartFox } from '@warren/client'
import { Counting } from './counting.ts'
import { byId, write } from './dom.ts'
import { LineView } from './line-view.ts'
import { NumbersView } from './numbers-view.ts'
import { SettingsForm } from './settings-form.ts'
import { Tally } from './tally.ts'
import { TraceView } from './trace-view.ts'

/** Messages on show. */
const KEPT = 120
const LAG_SECONDS = 2
/** What people call the transports. */
const TRANSPORTS = {
  websocket: 'WebSocket',
  bluebox: 'HTTP tunnel',
  tcp: 'TCP',
  tls: 'TCP with TLS',
} as const

const trace = new TraceView()
const line = new LineView()
const numbers = new NumbersView()
const settings = new SettingsForm()

const tracePacket = (text: string) => trace.add('packet', 'packet', text)
const sfs = new SmartFox({ debug: tracePacket })
let tally = new Tally(KEPT)
let counting: Counting | undefined

const transport = () => TRANSPORTS[sfs.transport ?? 'websocket']
const draw = () => numbers.show(tally, transport)
const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function showEnds(me: string, detail: string): void {
  const { host, port, zone } = settings.config
  line.ends(me, detail, `${host}:${port}`, `zone ${zone}`)
}

async function connect(): Promise<void> {
  line.notice('')
  settings.lock(true)
  const { config } = settings
  line.show('connecting', `Connecting to ${config.host}:${config.port} ...`)
  showEnds('This page', 'not connected')
  trace.add('step', 'connect', `${config.useSSL ? 'wss' : 'ws'}://${config.host}:${config.port}`)
  try {
    await sfs.connect(config)
    const { user } = await sfs.login()
    showEnds(user.name, 'this page')
    sfs.enableLagMonitor(true, LAG_SECONDS)
    tally = new Tally(KEPT)
    counting = new Counting(sfs, tally, draw)
    await counting.start()
    line.show('open', `Connected by ${transport()}`)
  } catch (error) {
    if (sfs.isConnected) sfs.disconnect()
    line.notice(textOf(error))
    line.show('failed', 'Not connected')
    settings.lock(false)
  }
}

function listen(): void {
  sfs.on('connection', ({ success, errorMessage }) => {
    if (success) trace.add('event', 'connection', `success, by ${transport()}`)
    else trace.add('lost', 'connection', `failure: ${errorMessage}`)
  })
  sfs.on('connectionAttemptHttp', () => {
    trace.add('lost', 'no socket', 'connectionAttemptHttp: the HTTP tunnel is tried')
  })
  sfs.on('socketError', () => trace.add('lost', 'socketError', 'no way leads to a server there'))
  sfs.on('login', ({ user, zone }) => trace.add('event', 'login', `${user.name} in ${zone}`))
  sfs.on('loginError', ({ errorCode, errorMessage }) => {
    trace.add('lost', 'loginError', `${errorCode}: ${errorMessage}`)
  })
  sfs.on('roomJoin', ({ room }) => trace.add('event', 'roomJoin', room.name))
  sfs.on('roomJoinError', ({ errorMessage }) => trace.add('lost', 'roomJoinError', errorMessage))
  sfs.on('pingPong', ({ lagValue }) => write('lag-value', `${lagValue} ms`))
  sfs.on('connectionRetry', () => {
    trace.add('lost', 'connectionRetry', 'the line is lost; looking for a new one')
    tally.lost(performance.now())
    line.show('lost', 'The line is lost. Coming back ...')
    draw()
  })
  sfs.on('connectionResume', ({ resent }) => {
    tally.resumed(performance.now(), resent)
    trace.add('event', 'connectionResume', `back by ${transport()}, packets sent again: ${resent}`)
    line.show('open', `Back, by ${transport()}`)
    draw()
  })
  sfs.on('connectionLost', ({ reason }) => {
    counting?.stop()
    trace.add('lost', 'connectionLost', `reason: ${reason}`)
    line.show(
      reason === 'manual' ? 'closed' : 'failed',
      reason === 'manual' ? 'Not connected' : 'The connection is lost',
    )
    showEnds('This page', 'not connected')
    write('lag-value', '–')
    settings.lock(false)
  })
  sfs.on('configLoadSuccess', ({ config }) => {
    trace.add('event', 'configLoadSuccess', `${config.host}:${config.httpPort}, zone ${config.zone}`)
    settings.fill(config)
    // The file says whether clients trace to the console; this page has a window for it.
    sfs.debug = tracePacket
    showEnds('This page', 'not connected')
    write('file-hint', 'Loaded. The page has no TCP, so its port is httpPort, or httpsPort over TLS.')
  })
  sfs.on('configLoadFailure', ({ errorMessage }) => {
    trace.add('lost', 'configLoadFailure', errorMessage)
    write('file-hint', errorMessage)
  })
}

function start(): void {
  listen()
  showEnds('This page', 'not connected')
  write('version', `SmartFox API ${sfs.version}`)
  trace.add('step', 'ready', `SmartFox API ${sfs.version}; click Connect to start`)
  byId('settings', HTMLFormElement).addEventListener('submit', event => {
    event.preventDefault()
    void connect()
  })
  byId('disconnect', HTMLButtonElement).addEventListener('click', () => sfs.disconnect())
  byId('kill', HTMLButtonElement).addEventListener('click', () => counting?.kill())
  byId('load', HTMLButtonElement).addEventListener('click', () => {
    trace.add('step', 'load', settings.file)
    void sfs.loadConfig(settings.file)
  })
}

start()
