import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { ensureBrowser } from '../browser.ts'

/** Draws without a graphics card. */
const SOFTWARE_GRAPHICS = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
/** What Ruffle makes of `trace` in a movie of the first virtual machine. */
const TRACE = /log_adapter\.rs:\d+%c ([\s\S]*) color: whitesmoke;/
/** The host of the page, as servers see it in `Origin`. It is nowhere: the browser gets its files from us. */
export const STAGE_HOST = 'stage.test'
const EXAMPLE = new URL('../../examples/flash-chat/package.json', import.meta.url)
const RUFFLE = dirname(createRequire(EXAMPLE).resolve('@ruffle-rs/ruffle'))

/** A browser in which Ruffle can draw. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: ensureBrowser(),
    args: [
      '--no-sandbox',
      '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
      ...SOFTWARE_GRAPHICS,
    ],
  })
}

/** What the movies of a page say by `trace`, in the order in which they do. */
export function tracesOf(page: Page, heard: (line: string) => void): void {
  page.on('console', message => {
    const line = TRACE.exec(message.text())?.[1]
    if (line !== undefined) heard(line)
  })
}

/** Where the bytes of a socket of a movie go: the first two as the movie has them, the third as the page has it. */
export interface SocketProxyEntry {
  readonly host: string
  readonly port: number
  readonly proxyUrl: string
}

/** A page with nothing but Ruffle on it, for the movies of tests. */
export class Stage {
  readonly #browser: Browser
  /** What the movies are on. */
  readonly page: Page
  readonly #lines: string[] = []
  readonly #waiting = new Set<() => void>()

  constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.page = page
    tracesOf(page, line => this.hear(line))
  }

  /** Everything that was said so far. */
  get lines(): readonly string[] {
    return this.#lines
  }

  /**
   * Plays a movie beside those that play already.
   * @param swf  a file of the movie
   * @param parameters  become variables of the movie
   */
  async play(swf: Uint8Array, parameters: Readonly<Record<string, string>> = {}): Promise<void> {
    const data = Buffer.from(swf).toString('base64')
    const script = `addMovie(${JSON.stringify(data)}, ${JSON.stringify(new URLSearchParams(parameters).toString())})`
    await this.page.evaluate(script)
  }

  /** Resolves when a line was said that fits. @throws Error with all lines when it takes too long */
  async heard(expected: string | RegExp, patienceMillis = 20_000): Promise<string> {
    const find = () =>
      this.#lines.find(line => (typeof expected === 'string' ? line === expected : expected.test(line)))
    return await new Promise((resolve, reject) => {
      const look = () => {
        const line = find()
        if (line === undefined) return
        finish()
        resolve(line)
      }
      const timer = setTimeout(() => {
        finish()
        reject(new Error(`Nobody said ${expected}, but:\n${this.#lines.join('\n')}`))
      }, patienceMillis)
      const finish = () => {
        clearTimeout(timer)
        this.#waiting.delete(look)
      }
      this.#waiting.add(look)
      look()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }

  /** Called for a line that was said by other means than `trace`. */
  hear(line: string): void {
    this.#lines.push(line)
    for (const look of this.#waiting) look()
  }
}

/**
 * Opens an empty stage. Dispose it: `await using stage = await openStage()`.
 * @param sockets  where the sockets of its movies lead
 */
export async function openStage(sockets: readonly SocketProxyEntry[] = []): Promise<Stage> {
  const browser = await launchBrowser()
  const page = await browser.newPage()
  const origin = `http://${STAGE_HOST}/`
  await page.route(`${origin}**`, async route => {
    const name = route.request().url().slice(origin.length)
    if (name === '') await route.fulfill({ contentType: 'text/html', body: pageWith(sockets) })
    else if (name === 'favicon.ico') await route.fulfill({ status: 404 })
    else await route.fulfill({ path: join(RUFFLE, name) })
  })
  const stage = new Stage(browser, page)
  await page.exposeFunction('told', (line: string) => stage.hear(line))
  await page.goto(origin)
  return stage
}

function pageWith(socketProxy: readonly SocketProxyEntry[]): string {
  const config = {
    autoplay: 'on',
    unmuteOverlay: 'hidden',
    splashScreen: false,
    logLevel: 'info',
    allowScriptAccess: true,
    socketProxy,
  }
  return `<!doctype html><meta charset="utf-8"><title>Stage</title>
<script>
window.RufflePlayer = { config: ${JSON.stringify(config)} }
async function addMovie(data, parameters) {
  const player = window.RufflePlayer.newest().createPlayer()
  document.body.append(player)
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0))
  await player.ruffle().load({ data: bytes, parameters, allowScriptAccess: true })
}
</script><script src="/ruffle.js"></script>`
}
