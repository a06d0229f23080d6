import type { Platform } from './platform.ts'
import { openWebSocket } from './websocket.ts'

/** Browsers, and whatever has their WebSocket and `fetch`. What not every page needs is loaded when it does. */
export const browserPlatform: Platform = {
  transport: () => 'websocket',
  open: openWebSocket,
  openTunnel: async (...args) => (await import('./bluebox-by-fetch.ts')).openBlueBoxByFetch(...args),
  inflate: async (bytes, maxOutput) => {
    const copy = bytes.slice()
    return (await import('./inflate.ts')).inflateNatively(copy, maxOutput)
  },
  readConfig: async url => (await import('../config-file.ts')).fetchConfig(url),
}
