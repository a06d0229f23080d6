import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { createServer, loadConfig, type WarrenServer } from '@warren/server'
import { type Browser, chromium, type Page } from 'playwright-core'
import { ensureBrowser } from '../../../tools/browser.ts'

/** The longest that anything on a page may take, in milliseconds. */
const PATIENCE = 10_000

let server: WarrenServer
let browser: Browser
let port: number
let folder: string
let complaints: string[] = []

before(async () => {
  browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] })
})

after(async () => await browser?.close())

beforeEach(async () => {
  complaints = []
  folder = await mkdtemp(join(tmpdir(), 'buddy-messenger-'))
  await start()
})

afterEach(async () => {
  await everybodyLeaves()
  await server.stop()
  await rm(folder, { recursive: true })
})

/** A server that keeps its lists in the folder of this test. */
async function start(): Promise<void> {
  const flags = {
    tcp: 'off',
    udp: 'off',
    http: 0,
    https: 'off',
    electro: 'off',
    'log-level': 'error',
    db: `sqlite:${join(folder, 'lists.sqlite')}`,
  }
  const { config, problems } = await loadConfig({ env: {}, flags, cwd: import.meta.dirname })
  assert.ok(config, JSON.stringify(problems))
  server = createServer(config)
  port = (await server.start()).http ?? 0
}

/** Who leaves the page says so; a window that is killed does not, and its user would be kept. */
async function everybodyLeaves(): Promise<void> {
  const pages = browser.contexts().flatMap(context => context.pages())
  await Promise.all(pages.map(page => page.goto('about:blank')))
  await Promise.all(browser.contexts().map(context => context.close()))
  while (server.status().sessions > 0) await new Promise(resolve => setTimeout(resolve, 10))
}

/** Somebody opens the page and comes in. */
async function visit(name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 720 } })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`http://127.0.0.1:${port}/examples/buddy-messenger/`)
  await page.getByLabel('Your name').fill(name)
  await press(page, 'Come in')
  await page.getByLabel('State').waitFor()
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const buddy = (page: Page, label: string) => page.locator('.buddies').getByRole('button', { name: label })
const message = (page: Page, text: string) => page.locator('.message', { hasText: text })

async function add(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('Add a buddy').fill(name)
  await press(page, 'Add')
  await page.getByRole('heading', { name }).waitFor()
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text)
  await press(page, 'Send')
}

async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text)
  await page.getByLabel(label, { exact: true }).press('Enter')
}

test('buddies are seen to come, to change and to go', async () => {
  const ann = await visit('Ann')
  await add(ann, 'Ben')
  await buddy(ann, 'Ben, Offline').waitFor()
  await ann.getByPlaceholder('Ben is not there.').waitFor()

  const ben = await visit('Ben')
  await buddy(ann, 'Ben, Available').waitFor()
  await ben.getByLabel('State').selectOption('Away')
  await buddy(ann, 'Ben, Away').waitFor()
  await write(ben, 'Nickname', 'Captain')
  await write(ben, 'Mood', 'at sea')
  await buddy(ann, 'Captain, Away, at sea').waitFor()
  await ben.getByLabel('State').selectOption('Invisible')
  await buddy(ann, 'Captain, Offline, at sea').waitFor()
  await ben.getByLabel('State').selectOption('Occupied')
  await buddy(ann, 'Captain, Occupied, at sea').waitFor()
  await ben.goto('about:blank')
  await buddy(ann, 'Captain, Offline, at sea').waitFor()
  assert.deepEqual(complaints, [])
})

test('messages come, wait unread, and tell that they were delivered', async () => {
  const ann = await visit('Ann')
  const ben = await visit('Ben')
  const cid = await visit('Cid')
  await add(ann, 'Ben')
  await add(cid, 'Ben')
  await say(ann, 'hello')
  await ann.locator('[data-fate="delivered"]', { hasText: 'hello' }).waitFor()
  await buddy(ben, 'Ann, Available, not on your list, 1 unread').click()
  await message(ben, 'hello').waitFor()
  await press(ben, 'Keep')
  await buddy(ben, 'Ann, Available').and(ben.locator('[aria-label="Ann, Available"]')).waitFor()
  await say(cid, 'me, too')
  await say(cid, 'are you there?')
  await buddy(ben, '2 unread').waitFor()
  assert.match(await ben.title(), /^\(2\)/)
  assert.equal(await message(ben, 'me, too').count(), 0, 'one conversation at a time')
  await say(ben, 'hi Ann')
  await message(ann, 'hi Ann').waitFor()
  assert.equal(await message(cid, 'hi Ann').count(), 0)
  await buddy(ben, '2 unread').click()
  await message(ben, 'are you there?').waitFor()
  assert.equal(await ben.title(), 'Buddy Messenger · Warren')
  assert.deepEqual(complaints, [])
})

test('who is blocked is not heard, and sees that nothing is delivered', async () => {
  const ann = await visit('Ann')
  const ben = await visit('Ben')
  await add(ann, 'Ben')
  await add(ben, 'Ann')
  await press(ben, 'Block')
  await ben.getByPlaceholder('You blocked Ann: neither of you hears the other.').waitFor()
  await buddy(ben, 'Ann, Blocked').waitFor()
  await say(ann, 'do you hear me?')
  await message(ann, 'Not delivered').waitFor()
  await press(ben, 'Unblock')
  await buddy(ann, 'Ben, Available').waitFor()
  await say(ann, 'and now?')
  await message(ben, 'and now?').waitFor()
  assert.equal(await message(ben, 'do you hear me?').count(), 0)
  await press(ben, 'Remove')
  await buddy(ben, 'Ann').waitFor({ state: 'detached' })
})

test('lists, nicknames and moods survive a restart of the server', async () => {
  const ann = await visit('Ann')
  await add(ann, 'Ben')
  const ben = await visit('Ben')
  await write(ben, 'Nickname', 'Captain')
  await write(ben, 'Mood', 'at sea')
  await buddy(ann, 'Captain, Available, at sea').waitFor()
  await everybodyLeaves()
  await server.stop()
  await start()
  const later = await visit('Ann')
  await buddy(later, 'Captain, Offline, at sea').waitFor()
})

test('the home page leads here', async () => {
  const page = await visit('Ann')
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.locator('a[href$="/examples/buddy-messenger/"]').first().click()
  await page.waitForURL('**/examples/buddy-messenger/')
})
