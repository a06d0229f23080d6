import { openBlueBox } from './bluebox.ts'
import { postByFetch } from './http.ts'
import type { OpenTunnel } from './platform.ts'

/** Opens the HTTP tunnel with what browsers have. */
export const openBlueBoxByFetch: OpenTunnel = (address, listener, signal) =>
  openBlueBox(postByFetch, address, listener, signal)
