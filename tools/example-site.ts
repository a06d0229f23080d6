import assert from 'node:assert/strict'
import { after, afterEach, before } from 'node:test'
import { createServer, loadConfig, type WarrenServer } from '@warren/server'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { ensureBrowser } from './browser.ts'

/** Somebody in a window of his own, who shares nothing with others. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors and warnings of the page, and what it threw. */
  readonly complaints: readonly string[]
}

/**
 * A server with the demo zones and a browser, for all tests of the file that asks for it. After each test its windows are
 * closed, and its users are gone.
 */
export class ExampleSite {
  readonly #patience: number
  #server: WarrenServer | undefined
  #browser: Browser | undefined
  /** Of the server that runs. */
  port = 0

  /** @param patience  the longest that anything on a page may take, in milliseconds */
  constructor(patience = 10_000) {
    this.#patience = patience
    before(async () => {
      await this.restart()
      this.#browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] })
    })
    afterEach(() => this.everybodyLeaves())
    after(async () => {
      await this.#browser?.close()
      await this.#server?.stop()
    })
  }

  get server(): WarrenServer {
    assert.ok(this.#server, 'The server is started before the first test')
    return this.#server
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Stops the server that runs, and starts another. @param db  where that one keeps what outlives it */
  async restart(db = 'memory'): Promise<void> {
    await this.#server?.stop()
    const off = { tcp: 'off', udp: 'off', https: 'off', electro: 'off' }
    const flags = { ...off, http: 0, db, 'log-level': 'error' }
    const { config, problems } = await loadConfig({ env: {}, flags, cwd: import.meta.dirname })
    assert.ok(config, JSON.stringify(problems))
    this.#server = createServer(config)
    this.port = (await this.#server.start()).http ?? 0
  }

  /** Opens a page of the site, or of what stands in front of it. */
  async visit(
    path: string,
    { origin = this.origin, ...options }: BrowserContextOptions & { readonly origin?: string } = {},
  ): Promise<Visitor> {
    assert.ok(this.#browser, 'The browser is started before the first test')
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    context.setDefaultTimeout(this.#patience)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(error.message))
    await page.goto(`${origin}${path}`)
    return { context, page, complaints }
  }

  /** Closes all windows. Their names are free again, although the server would wait for those whose line was lost. */
  async everybodyLeaves(): Promise<void> {
    await Promise.all(this.#browser?.contexts().map(context => context.close()) ?? [])
    const { api } = this.server
    for (const { name } of this.server.status().zones) {
      for (const user of [...api.zone(name).users]) if (!user.isNpc) api.logOut(user)
    }
  }
}
