import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { freePort, webProxy } from '../../../tools/connection-guide/proxies.ts'
import { ExampleSite } from '../../../tools/example-site.ts'

const DESKTOP = { width: 1280, height: 800 }
const site = new ExampleSite()

/** The page, from the server or from a proxy in front of it. */
const visit = (port = site.port, viewport = DESKTOP) =>
  site.visit('/examples/connector/', { viewport, origin: `http://127.0.0.1:${port}` })

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const state = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: 'Line' }).getByRole('status').filter({ hasText: text }).waitFor()
const traced = (page: Page, text: string) =>
  page.getByRole('log').getByRole('listitem').filter({ hasText: text }).first()
const breaks = (page: Page) => page.getByRole('list', { name: 'Lost lines' }).getByRole('listitem')

/** One of the sums below the messages. */
async function sum(page: Page, id: 'sent' | 'back' | 'late' | 'wrong'): Promise<number> {
  return Number(await page.locator(`#${id}`).textContent())
}

/** Waits until a sum is so large. */
async function sumReaches(page: Page, id: 'sent' | 'back', count: number): Promise<void> {
  await page.waitForFunction(
    ([selector, wanted]) => Number(document.querySelector(selector)?.textContent) >= wanted,
    [`#${id}`, count] as const,
  )
}

async function connect(page: Page, transport: string): Promise<void> {
  await button(page, 'Connect').click()
  await state(page, `Connected by ${transport}`)
}

/** Kills the line and waits until what was said before and meanwhile is back, each message once. */
async function kill(page: Page, transport: string, count: number): Promise<void> {
  await button(page, 'Kill the line').click()
  await breaks(page)
    .nth(count - 1)
    .filter({ hasText: new RegExp(`^Line ${count} was lost, back by ${transport} after \\d+ ms`) })
    .waitFor()
  const sent = await sum(page, 'sent')
  await sumReaches(page, 'back', sent + 1)
  assert.equal(await sum(page, 'wrong'), 0)
}

test('the page connects, loses its line and comes back, twice, with every message once', async () => {
  const { page, complaints } = await visit()
  await connect(page, 'WebSocket')
  await sumReaches(page, 'back', 2)
  await kill(page, 'WebSocket', 1)
  await kill(page, 'WebSocket', 2)
  for (const name of ['connectionRetry', 'connectionResume']) await traced(page, name).waitFor()
  assert.match(
    (await breaks(page).first().textContent()) ?? '',
    /\d+ came late · [1-9]\d* waited · \d+ sent again$/,
  )
  await page
    .getByRole('region', { name: 'Messages' })
    .getByText(/^\d+ ms$/)
    .waitFor()

  await button(page, 'Disconnect').click()
  await state(page, 'Not connected')
  await traced(page, 'reason: manual').waitFor()
  await connect(page, 'WebSocket')
  await breaks(page).first().waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})

test('behind a proxy that lets no WebSocket pass the page goes through the HTTP tunnel, and comes back on it', async t => {
  const proxy = await webProxy(site.port)
  t.after(() => proxy.close())
  const { page } = await visit(proxy.port)
  await connect(page, 'HTTP tunnel')
  await traced(page, 'connectionAttemptHttp').waitFor()
  await sumReaches(page, 'back', 2)
  await kill(page, 'HTTP tunnel', 1)
})

test('the configuration file fills in the fields and is shown', async () => {
  const { page } = await visit()
  await button(page, 'Load').click()
  await traced(page, 'configLoadSuccess').waitFor()
  const values = page.locator('#values')
  assert.match((await values.textContent()) ?? '', /host127\.0\.0\.1.*zoneBasicExamples.*httpPort8080/)
  assert.equal(await page.getByLabel('Port').inputValue(), '8080')
  await page.getByLabel('Port').fill(String(site.port))
  await page.getByLabel('Packets').check()
  await connect(page, 'WebSocket')
  await traced(page, '→ Login').waitFor()
})

test('a configuration file that is not there is said to be missing', async () => {
  const { page } = await visit()
  await page.getByRole('textbox', { name: 'File' }).fill('nothing.xml')
  await button(page, 'Load').click()
  await traced(page, 'configLoadFailure').waitFor()
  await page
    .getByText(/nothing\.xml \(status 404\)/)
    .last()
    .waitFor()
})

test('a port on which nobody listens is said in words and traced, and another one can be tried at once', async () => {
  const { page } = await visit()
  await page.getByLabel('Port').fill(String(await freePort()))
  await button(page, 'Connect').click()
  for (const name of ['connectionAttemptHttp', 'socketError', 'failure: No WebSocket at']) {
    await traced(page, name).waitFor()
  }
  await page.getByRole('alert').getByText('No WebSocket at').waitFor()
  await page.getByLabel('Port').fill(String(site.port))
  await connect(page, 'WebSocket')
})

test('a zone that is not there is said in words, and another one can be tried at once', async () => {
  const { page } = await visit()
  await page.getByLabel('Zone').fill('Nowhere')
  await button(page, 'Connect').click()
  await page.getByRole('alert').getByText('There is no zone Nowhere').waitFor()
  await page.getByLabel('Zone').fill('BasicExamples')
  await connect(page, 'WebSocket')
})

test('on a phone nothing is wider than the screen', async () => {
  const { page } = await visit(site.port, { width: 360, height: 740 })
  await page.getByLabel('Packets').check()
  await connect(page, 'WebSocket')
  await kill(page, 'WebSocket', 1)
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
})
