/** @typedef {import('../../status.ts').ServerStatus} ServerStatus */
/** @typedef {import('../../status.ts').ZoneStatus} ZoneStatus */
/** @typedef {import('../examples.ts').Example} Example */

const REFRESH_MILLIS = 2000

/** What each listener is for, in the order in which they are shown. */
const LISTENERS = /** @type {const} */ ([
  ['tcp', 'TCP', 'native clients'],
  ['udp', 'UDP', 'datagrams'],
  ['http', 'HTTP', 'WebSocket, this page'],
  ['https', 'HTTPS', 'the same, encrypted'],
  ['electro', 'Electro', 'ElectroServer clients'],
])

/** @param {string} id */
function byId(id) {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no #${id}`)
  return element
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function element(tag, className, ...children) {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/** @param {number} seconds */
function duration(seconds) {
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return `${days} d ${hours % 24} h`
  if (hours > 0) return `${hours} h ${minutes % 60} min`
  return minutes > 0 ? `${minutes} min` : `${Math.floor(seconds)} s`
}

/** @param {number} count @param {string} one */
const counted = (count, one) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`

/** @param {ZoneStatus} zone */
function zoneCard(zone) {
  const rooms = zone.rooms.map(room => {
    const bar = element('progress', '')
    bar.max = room.maxUsers
    bar.value = room.users
    bar.setAttribute('aria-label', `Users in ${room.name}`)
    return element(
      'li',
      '',
      element('span', '', room.name, ...(room.isMmo ? [element('span', 'kind', 'MMO')] : [])),
      element('span', 'count', `${room.users} / ${room.maxUsers}`),
      bar,
    )
  })
  return element(
    'article',
    'card',
    element(
      'div',
      'zone-head',
      element('h3', '', zone.name),
      element('span', 'count', counted(zone.users, 'user')),
    ),
    element('ul', 'zone-rooms', ...rooms),
  )
}

/** @param {ServerStatus['listening']} listening */
function listenerRows(listening) {
  return LISTENERS.flatMap(([key, name, purpose]) => {
    const port = listening[key]
    if (port === undefined) return []
    return [
      element(
        'li',
        '',
        element('strong', '', name),
        element('span', '', purpose),
        element('code', '', String(port)),
      ),
    ]
  })
}

/** @param {ServerStatus} status */
function snippet({ listening, zones }) {
  const secure = location.protocol === 'https:'
  const port = location.port || (secure ? '443' : '80')
  const lines = [
    '// JavaScript',
    'new SFS2X.SmartFox({',
    `  host: '${location.hostname}', port: ${port},`,
    `  zone: '${zones[0]?.name ?? ''}'${secure ? ', useSSL: true' : ''}`,
    '})',
  ]
  if (listening.tcp !== undefined) {
    lines.push('', '// C#, Java, ActionScript 3', `sfs.connect("${location.hostname}", ${listening.tcp})`)
  }
  if (listening.electro !== undefined) {
    lines.push('', '// Flash, ElectroServer 3', `es.connect("${location.hostname}", ${listening.electro});`)
  }
  return lines.join('\n')
}

/** @param {readonly Example[]} examples */
function exampleCards(examples) {
  return examples.map(({ title, description, path }) => {
    const link = element('a', 'card', element('strong', '', title), element('span', '', description))
    link.href = path
    return element('li', '', link)
  })
}

/** The text of what is on show, by place: what did not change is left alone, so that nothing flickers. */
const shown = new Map()

/** @param {string} id @param {unknown} value @param {() => (Node | string)[]} make */
function show(id, value, make) {
  const text = JSON.stringify(value)
  if (shown.get(id) === text) return
  shown.set(id, text)
  byId(id).replaceChildren(...make())
}

/** @param {ServerStatus & { examples: readonly Example[] }} status */
function render(status) {
  const { zones, listening, sessions, uptimeSeconds, examples } = status
  const users = zones.reduce((sum, zone) => sum + zone.users, 0)
  const rooms = zones.reduce((sum, zone) => sum + zone.rooms.length, 0)
  show('users', users, () => [users.toLocaleString('en')])
  show('sessions', sessions, () => [sessions.toLocaleString('en')])
  show('rooms', rooms, () => [rooms.toLocaleString('en')])
  show('uptime', duration(uptimeSeconds), () => [duration(uptimeSeconds)])
  show('zones', zones, () => zones.map(zoneCard))
  show('listeners', listening, () => listenerRows(listening))
  show('snippet', [listening, zones[0]?.name], () => [snippet(status)])
  show('examples', examples, () => exampleCards(examples))
}

/** @param {boolean} isUp */
function pulse(isUp) {
  byId('pulse').classList.toggle('lost', !isUp)
  show('pulse-text', isUp, () => [isUp ? 'Running' : 'No answer'])
}

async function refresh() {
  try {
    const response = await fetch('/status.json')
    if (!response.ok) throw new Error(response.statusText)
    render(await response.json())
    pulse(true)
  } catch {
    pulse(false)
  }
}

async function watch() {
  if (!document.hidden) await refresh()
  setTimeout(watch, REFRESH_MILLIS)
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh()
})
void watch()
