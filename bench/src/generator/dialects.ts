import type { Dialect, DialectName } from './dialect.ts'
import { colyseus } from './dialects/colyseus.ts'
import { plain } from './dialects/plain.ts'
import { socketIo } from './dialects/socketio.ts'

const dialects: Record<DialectName, () => Promise<Dialect>> = {
  plain: async () => plain,
  colyseus: async () => colyseus,
  socketio: async () => socketIo,
  // Loaded when needed: it builds its requests with the codec, which the floors do without.
  sfs2x: async () => (await import('./dialects/sfs2x.ts')).createSfs2x(),
  es3: async () => (await import('./dialects/es3.ts')).createEs3(),
  calls: async () => (await import('./dialects/calls.ts')).createCalls(),
}

/** What clients of one kind of server say. */
export function dialectOf(name: DialectName): Promise<Dialect> {
  return dialects[name]()
}
