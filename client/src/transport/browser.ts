import type { Platform } from './platform.ts'
import { openWebSocket } from './websocket.ts'

/** Browsers, and whatever has their WebSocket and `fetch`. What not every page needs is loaded when it does. */
export const browserPlatform: Platform = {
  transport: () => 'websocket',
  port: undefined,
  open: openWebSocket,
  openTunnel: async (address, listener, signal) => {
    const { openBlueBoxByFetch } = await import('./bluebox-by-fetch.ts')
    return await openBlueBoxByFetch(address, listener, signal)
  },
  inflate: async (bytes, maxOutput) => {
    const copy = bytes.slice()
    const { inflateNatively } = await import('./inflate.ts')
    return await inflateNatively(copy, maxOutput)
  },
  readConfig: async url => {
    const { fetchConfig } = await import('../config-file.ts')
    return await fetchConfig(url)
  },
}
