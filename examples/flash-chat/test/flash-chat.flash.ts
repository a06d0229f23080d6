import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { createServer, loadConfig, type WarrenServer } from '@warren/server'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, tracesOf } from '../../../tools/flash/stage.ts'

/** The longest that anything on a page may take, in milliseconds. */
const PATIENCE = 20_000
const STAGE = { width: 550, height: 400 }

let server: WarrenServer
let browser: Browser
let origin: string

before(async () => {
  const flags = {
    tcp: 'off',
    udp: 'off',
    http: 0,
    https: 'off',
    electro: 0,
    db: 'memory',
    'log-level': 'error',
  }
  const { config, problems } = await loadConfig({ env: {}, flags, cwd: import.meta.dirname })
  assert.ok(config, JSON.stringify(problems))
  server = createServer({ ...config, electro: { ...config.electro, maxConnections: 4 } })
  const { http } = await server.start()
  origin = `http://127.0.0.1:${http}`
  browser = await launchBrowser()
})

after(async () => {
  await browser?.close()
  await server?.stop()
})

afterEach(async () => {
  await Promise.all(browser.contexts().map(context => context.close()))
  while (server.status().sessions > 0) await new Promise(resolve => setTimeout(resolve, 10))
})

/** A visitor, with the movie and the page in TypeScript. */
class Visitor {
  readonly page: Page
  readonly #said: string[] = []

  constructor(page: Page) {
    this.page = page
    tracesOf(page, line => this.#said.push(line))
  }

  /** Waits until the movie has said something. */
  async heard(line: string): Promise<void> {
    const end = Date.now() + PATIENCE
    while (!this.#said.includes(line)) {
      if (Date.now() > end) throw new Error(`The movie did not say "${line}", but:\n${this.#said.join('\n')}`)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }

  /** Clicks at a place of the movie, in its own pixels. */
  async click(x: number, y: number): Promise<void> {
    const box = await this.page.locator('ruffle-player').boundingBox()
    assert.ok(box)
    await this.page.mouse.click(
      box.x + (x * box.width) / STAGE.width,
      box.y + (y * box.height) / STAGE.height,
    )
  }

  /** Types into the field of the movie that has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Enter')
  }

  async logInToMovie(name: string): Promise<void> {
    await this.heard('Login')
    // Ruffle drops a press on a button that is the first of all: it wants one on nothing before.
    await this.click(20, 380)
    await this.click(300, 160)
    await this.type(name)
  }

  async logInToPage(name: string): Promise<void> {
    await this.page.locator('#name').fill(name)
    await this.page.getByRole('button', { name: 'Log in' }).click()
  }

  async sayOnPage(text: string): Promise<void> {
    await this.page.locator('#text').fill(text)
    await this.page.keyboard.press('Enter')
  }

  transcript(text: string) {
    return this.page.getByRole('log').getByText(text)
  }
}

async function visit(): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1240, height: 700 } })
  context.setDefaultTimeout(PATIENCE)
  const visitor = new Visitor(await context.newPage())
  await visitor.page.goto(`${origin}/examples/flash-chat/`)
  return visitor
}

test('the movie and the page chat in one room, in public and in private', async () => {
  const visitor = await visit()
  await visitor.logInToPage('Ada')
  await visitor.logInToMovie('Derek')
  await visitor.heard('people: Ada, Derek (you)')
  await visitor.page.getByRole('button', { name: 'Derek' }).waitFor()

  await visitor.type('Grüße <&> ]]> €')
  await visitor.transcript('Grüße <&> ]]> €').waitFor()
  await visitor.heard('[public] Derek: Grüße <&> ]]> €')
  await visitor.sayOnPage('Hello Derek :)')
  await visitor.heard('[public] Ada: Hello Derek :)')

  await visitor.page.getByRole('button', { name: 'Derek' }).click()
  await visitor.sayOnPage('only for you')
  await visitor.heard('[private] Ada: only for you')
  // The first row of the people in the movie is Ada.
  await visitor.click(440, 208)
  await visitor.type('so is this')
  await visitor.transcript('Derek to you: so is this').waitFor()
})

test('the movie makes a room with a password, which the page has to know', async () => {
  const visitor = await visit()
  await visitor.logInToPage('Ada')
  await visitor.logInToMovie('Derek')
  await visitor.heard('people: Ada, Derek (you)')
  await visitor.click(460, 350)
  await visitor.page.keyboard.type('Den')
  await visitor.click(300, 207)
  await visitor.type('secret')
  await visitor.heard('* You are in Den.')

  const join = async (password: string) => {
    await visitor.page.getByRole('button', { name: /^Den / }).click()
    await visitor.page.locator('#ask-password').fill(password)
    await visitor.page.getByRole('button', { name: 'Join' }).click()
  }
  await join('wrong')
  await visitor.page.locator('.transcript .wrong').waitFor()
  await join('secret')
  await visitor.transcript('You are in Den.').waitFor()
  await visitor.heard('people: Ada, Derek (you)')
})

test('a name that is taken is refused in the movie, and another one is not', async () => {
  const visitor = await visit()
  await visitor.logInToPage('Derek')
  await visitor.logInToMovie('derek')
  await visitor.heard('Your username is in use')
})

test('two movies chat, and the one beyond the limit of connections is told so', async () => {
  const [first, second] = [await visit(), await visit()]
  await first.logInToMovie('Jobe')
  await second.logInToMovie('Derek')
  await first.heard('people: Derek, Jobe (you)')
  await second.heard('people: Derek (you), Jobe')
  await second.type('Hello world!')
  await first.heard('[public] Derek: Hello world!')
  const third = await visit()
  await third.page
    .locator('#message-text')
    .getByText(/limit|full|many/i)
    .waitFor()
})
