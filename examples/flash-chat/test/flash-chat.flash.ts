import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, afterEach, before, test } from 'node:test'
import { createServer, loadConfig, type WarrenServer } from '@warren/server'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, tracesOf } from '../../../tools/flash/stage.ts'

/** The longest that anything on a page may take, in milliseconds. */
const PATIENCE = 20_000
const STAGE = { width: 550, height: 400 }
/** Clients of ElectroServer at once. */
const LIMIT = 4
/** What is told to those for whom there is no place. */
const FULL = 'The server has reached its connection limit'

let server: WarrenServer
let browser: Browser
let origin: string
let electro: number

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
  server = createServer({ ...config, electro: { ...config.electro, maxConnections: LIMIT } })
  const { http, electro: port } = await server.start()
  assert.ok(port)
  electro = port
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
    if (await this.#hears(line, PATIENCE)) return
    throw new Error(`The movie did not say "${line}", but:\n${this.#said.join('\n')}`)
  }

  has(line: string): boolean {
    return this.#said.includes(line)
  }

  /** Does something, again if it was lost, until the movie says that it was understood. */
  async until(line: string, act: () => Promise<void>): Promise<void> {
    const end = Date.now() + PATIENCE
    do {
      await this.focusMovie()
      await act()
    } while (!(await this.#hears(line, PATIENCE / 4)) && Date.now() < end)
    await this.heard(line)
  }

  /** Ruffle wants one press on nothing before it takes others. */
  async focusMovie(): Promise<void> {
    await this.click(20, 380)
    await this.page.waitForFunction("document.activeElement?.localName === 'ruffle-player'")
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
    await this.until('Waiting...', async () => {
      await this.click(300, 160)
      await this.page.keyboard.press('Control+A')
      await this.type(name)
    })
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

  async #hears(line: string, patience: number): Promise<boolean> {
    const end = Date.now() + patience
    while (!this.#said.includes(line) && Date.now() < end) {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    return this.#said.includes(line)
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

test('two movies chat', async () => {
  const [first, second] = [await visit(), await visit()]
  await first.logInToMovie('Jobe')
  await second.logInToMovie('Derek')
  await first.heard('people: Derek, Jobe (you)')
  await second.heard('people: Derek (you), Jobe')
  await second.type('Hello world!')
  await first.heard('[public] Derek: Hello world!')
})

test('a movie beyond the limit of connections is told so, and comes in when there is a place', async () => {
  const others = Array.from({ length: LIMIT }, () => connect(electro, '127.0.0.1'))
  await Promise.all(others.map(other => once(other, 'data')))
  const visitor = await visit()
  await visitor.heard(FULL)
  await visitor.page.locator('#message-text').getByText(FULL).waitFor()
  for (const other of others) other.destroy()
  await visitor.until('Login', () => visitor.click(336, 251))
  assert.equal(visitor.has('Could not establish a server connection'), false, 'a denial is told once')
})
