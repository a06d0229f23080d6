import { byId } from './dom.ts'

/** Where the files of Ruffle are. */
const RUFFLE = new URL('../packages/@ruffle-rs/ruffle/', import.meta.url).href

/** Where the movie believes that its server is: it was made so, as old movies are. */
const BELIEVED = { host: '127.0.0.1', port: 9875 } as const

/** What of Ruffle's interface this page uses. */
interface RufflePlayerElement extends HTMLElement {
  ruffle(): { load(options: { readonly url: string; readonly parameters?: string }): Promise<void> }
}

declare global {
  interface Window {
    RufflePlayer?: {
      config?: Readonly<Record<string, unknown>>
      newest?(): { createPlayer(): RufflePlayerElement }
    }
  }
}

/** Plays the movie. @param port  of the server for ElectroServer clients, where the bytes of the movie really go */
export async function playMovie(port: number): Promise<void> {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  window.RufflePlayer = {
    config: {
      publicPath: RUFFLE,
      autoplay: 'on',
      unmuteOverlay: 'hidden',
      splashScreen: false,
      logLevel: 'info',
      socketProxy: [{ ...BELIEVED, proxyUrl: `${scheme}//${location.host}/socket-proxy/${port}` }],
    },
  }
  await loadScript(`${RUFFLE}ruffle.js`)
  const player = window.RufflePlayer.newest?.().createPlayer()
  if (player === undefined) throw new Error('Ruffle is there, but has no player')
  byId('movie', HTMLElement).append(player)
  await player.ruffle().load({ url: 'chat.swf' })
}

/** Says why there is no movie. */
export function noMovie(reason: string): void {
  byId('movie-hint', HTMLElement).textContent = reason
}

function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`${url} cannot be loaded`))
    document.head.append(script)
  })
}
