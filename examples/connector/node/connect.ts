/**
 * The Connector in a terminal: connects over TCP, counts aloud, and loses its line when you press k.
 *   node examples/connector/node/connect.ts --host 127.0.0.1 --port 9933
 */
import { emitKeypressEvents } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs, styleText } from 'node:util'
import { SmartFox } from '@warren/client/node'
import { Counting } from '../client/counting.ts'
import { Tally } from '../client/tally.ts'

const HELP = `The Connector: connects, counts aloud, loses its line and comes back.

  --host NAME    default: that of the file, or 127.0.0.1
  --port NUMBER  TCP port; default: that of the file, or 9933
  --zone NAME    default: that of the file, or BasicExamples
  --config FILE  a configuration file, such as sfs-config.xml
  --kills NUMBER cuts the line so often by itself, then says how it went and ends
  --packets      traces every packet
`
const KEPT = 1000
/** Milliseconds between two cuts, and how long what was cut may take to be back. */
const KILL_PAUSE_MILLIS = 400
const PATIENCE_MILLIS = 20_000

const { values } = parseArgs({
  options: {
    host: { type: 'string' },
    port: { type: 'string' },
    zone: { type: 'string' },
    config: { type: 'string' },
    kills: { type: 'string' },
    packets: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})

type Colour = 'green' | 'yellow' | 'red' | 'dim'

function trace(colour: Colour, title: string, text = ''): void {
  const time = styleText('dim', new Date().toISOString().slice(11, 23))
  console.log(`${time}  ${styleText(colour, title.padEnd(18))}  ${text}`)
}

/** What the command line says beside the file. */
function given() {
  const { host, port, zone } = values
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(zone === undefined ? {} : { zone }),
  }
}

async function run(): Promise<void> {
  const sfs = new SmartFox({ zone: 'BasicExamples' })
  trace('dim', 'ready', `SmartFox API ${sfs.version}`)
  const tally = new Tally(KEPT)
  listen(sfs, tally)
  if (values.config !== undefined) await sfs.loadConfig(values.config)
  if (values.packets === true) sfs.debug = text => trace('dim', 'packet', text)
  await sfs.connect(given())
  try {
    await sfs.login()
    sfs.enableLagMonitor(true)
    await countAloud(sfs, tally)
  } finally {
    sfs.disconnect()
  }
  if (tally.missing > 0 || tally.wrong > 0) process.exitCode = 1
}

/** Counts until somebody has enough, or the connection is gone for good. */
async function countAloud(sfs: SmartFox, tally: Tally): Promise<void> {
  const counting = new Counting(sfs, tally, () => {})
  const lost = sfs.next('connectionLost').then(() => counting.stop())
  await counting.start()
  const enough =
    values.kills === undefined ? untilQuit(counting) : killOften(Number(values.kills), counting, tally)
  await Promise.race([enough, lost])
  counting.pause()
  await Promise.race([allBack(tally), lost])
  summary(tally)
}

function listen(sfs: SmartFox, tally: Tally): void {
  sfs.on('configLoadSuccess', ({ config }) => {
    trace('green', 'configLoadSuccess', `${config.host}:${config.port ?? 9933}, zone ${config.zone}`)
  })
  sfs.on('connection', ({ success, errorMessage }) => {
    if (success) trace('green', 'connection', `success, by ${sfs.transport}`)
    else trace('red', 'connection', `failure: ${errorMessage}`)
  })
  sfs.on('connectionAttemptHttp', () => trace('yellow', 'connectionAttemptHttp', 'the HTTP tunnel is tried'))
  sfs.on('socketError', () => trace('red', 'socketError', 'no way leads to a server there'))
  sfs.on('login', ({ user, zone }) => trace('green', 'login', `${user.name} in ${zone}`))
  sfs.on('roomJoin', ({ room }) => trace('green', 'roomJoin', room.name))
  sfs.on('pingPong', ({ lagValue }) => trace('dim', 'pingPong', `lag ${lagValue} ms`))
  sfs.on('connectionRetry', () => {
    tally.lost(performance.now())
    trace('yellow', 'connectionRetry', `after message ${tally.sent} the line is lost`)
  })
  sfs.on('connectionResume', ({ resent }) => {
    tally.resumed(performance.now(), resent)
    const millis = Math.round(tally.breaks.at(-1)?.millis ?? 0)
    trace(
      'green',
      'connectionResume',
      `back by ${sfs.transport} after ${millis} ms, packets sent again: ${resent}`,
    )
  })
  sfs.on('connectionLost', ({ reason }) => trace('red', 'connectionLost', `reason: ${reason}`))
}

async function killOften(times: number, counting: Counting, tally: Tally): Promise<void> {
  for (let kill = 0; kill < times; kill++) {
    await wait(KILL_PAUSE_MILLIS)
    counting.kill()
    await allBack(tally)
  }
}

/** Waits until every message is back, or it takes too long. */
async function allBack(tally: Tally): Promise<void> {
  const until = performance.now() + PATIENCE_MILLIS
  while (tally.missing > 0 && performance.now() < until) await wait(5)
}

function untilQuit(counting: Counting): Promise<void> {
  console.log(styleText('dim', 'k cuts the line, q ends'))
  emitKeypressEvents(process.stdin)
  if (process.stdin.isTTY) process.stdin.setRawMode(true)
  return new Promise<void>(resolve => {
    process.stdin.on('keypress', (_text, key: { readonly name?: string; readonly ctrl?: boolean }) => {
      if (key.name === 'k') counting.kill()
      if (key.name !== 'q' && !(key.ctrl === true && key.name === 'c')) return
      resolve()
    })
  })
}

function summary({ sent, back, late, wrong, breaks }: Tally): void {
  const lines = breaks.length === 1 ? '1 lost line' : `${breaks.length} lost lines`
  console.log(
    `\n${sent} messages sent, ${back} came back; ${lines}; ` +
      `${late} came back on a later line, ${wrong} twice or out of order.`,
  )
}

if (values.help === true) console.log(HELP)
else {
  try {
    await run()
  } catch (error) {
    trace('red', 'error', error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  } finally {
    process.stdin.destroy()
  }
}
