import type { Listening } from '@warren/server'

const ORDER = ['tcp', 'udp', 'http', 'https', 'electro', 'policy'] as const

/** The line that tells scripts the server is up: `warren ready tcp=9933 http=8080`, open listeners only. */
export function readyLine(listening: Listening): string {
  const ports = ORDER.flatMap(name => (listening[name] === undefined ? [] : [` ${name}=${listening[name]}`]))
  return `warren ready${ports.join('')}\n`
}

/** What a person at the terminal wants to know; empty when no page is served. */
export function welcome(host: string, listening: Listening): string {
  const scheme = listening.http === undefined ? 'https' : 'http'
  const port = listening.http ?? listening.https
  if (port === undefined) return ''
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const origin = `${scheme}://${name}:${port}`
  return `\n  Home page  ${origin}/\n  Chat       ${origin}/examples/chat/\n\n  Ctrl-C stops the server.\n\n`
}
