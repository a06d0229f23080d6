import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { ExampleSite } from '../../../tools/example-site.ts'

const DESKTOP = { width: 1280, height: 800 }
const site = new ExampleSite()

async function logIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
}

/** Somebody in the lobby. */
async function enter(name: string, viewport = DESKTOP) {
  const visitor = await site.visit('/examples/chat/', { viewport })
  await logIn(visitor.page, name)
  await visitor.page.getByRole('heading', { name: 'The Lobby' }).waitFor()
  return visitor
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text)
  await page.keyboard.press('Enter')
}

const log = (page: Page, title: string) => page.getByRole('log', { name: `Messages: ${title}` })
const people = (page: Page) => page.getByRole('region', { name: 'People here' })
const person = (page: Page, name: string) => people(page).getByRole('button', { name })

test('a newcomer finds the chat from the home page', async () => {
  const { page, complaints } = await site.visit('/')
  await page.getByRole('link', { name: /^Chat/ }).click()
  await page.getByRole('heading', { name: 'Join the chat' }).waitFor()
  assert.deepEqual(complaints, [])
})

test('two people see each other, talk, and see each other leave', async () => {
  const ada = await enter('Ada')
  const boris = await enter('Boris')
  await person(ada.page, 'Boris').waitFor()
  await person(boris.page, 'Ada').waitFor()
  await log(ada.page, 'The Lobby').getByText('Boris came in.').waitFor()

  await say(ada.page, 'Hello <b>Boris</b> & all €😀')
  await log(boris.page, 'The Lobby').getByText('Hello <b>Boris</b> & all €😀', { exact: true }).waitFor()
  await log(ada.page, 'The Lobby').getByText('Hello <b>Boris</b> & all €😀', { exact: true }).waitFor()
  await say(boris.page, 'Hello Ada')
  await log(ada.page, 'The Lobby').getByText('Hello Ada', { exact: true }).waitFor()

  await boris.page.getByRole('button', { name: 'Leave room' }).click()
  await log(ada.page, 'The Lobby').getByText('Boris left.').waitFor()
  await person(ada.page, 'Boris').waitFor({ state: 'detached' })

  await boris.page.getByRole('button', { name: /The Lobby/ }).click()
  await person(ada.page, 'Boris').waitFor()
  await boris.page.close()
  await person(ada.page, 'Boris').waitFor({ state: 'detached' })
  assert.deepEqual([...ada.complaints, ...boris.complaints], [])
})

test('a private message reaches only the one it is for', async () => {
  const ada = await enter('Ada')
  const boris = await enter('Boris')
  const cleo = await enter('Cleo')
  await person(ada.page, 'Boris').click()
  await say(ada.page, 'just for you')
  await log(ada.page, 'Boris').getByText('just for you').waitFor()

  await boris.page.getByRole('region', { name: 'Private' }).getByRole('button', { name: /Ada/ }).click()
  await log(boris.page, 'Ada').getByText('just for you').waitFor()
  await say(boris.page, 'thank you')
  await log(ada.page, 'Boris').getByText('thank you').waitFor()

  await boris.page.getByRole('button', { name: /The Lobby/ }).click()
  await say(boris.page, 'for everybody')
  await log(cleo.page, 'The Lobby').getByText('for everybody').waitFor()
  assert.equal(await cleo.page.getByText('just for you').count(), 0)
  assert.equal(await cleo.page.getByText('thank you').count(), 0)
})

test('a name that is taken is refused in words, and another one is let in', async () => {
  await enter('Ada')
  const second = await site.visit('/examples/chat/')
  await logIn(second.page, 'Ada')
  await second.page.getByRole('alert').getByText(/Ada/).waitFor()
  await logIn(second.page, 'Adele')
  await second.page.getByRole('heading', { name: 'The Lobby' }).waitFor()
})

test('somebody without a name is a guest, and logging out leads back to the door', async () => {
  const { page } = await site.visit('/examples/chat/')
  await logIn(page, '')
  await page
    .getByText(/^Guest#\d+$/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('heading', { name: 'Join the chat' }).waitFor()
})

test('on a phone one part is shown at a time, and nothing is wider than the screen', async () => {
  const { page } = await enter('Ada', { width: 390, height: 844 })
  await page.getByRole('button', { name: /^People/ }).click()
  await person(page, 'Ada').waitFor()
  assert.equal(await page.getByLabel('Message', { exact: true }).isVisible(), false)
  await page.getByRole('button', { name: /^Rooms/ }).click()
  await page.getByRole('button', { name: /The Lobby/ }).click()
  assert.equal(await page.getByLabel('Message', { exact: true }).isVisible(), true)
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
})

test('the home page shows how many users are where, and keeps up', async () => {
  const home = await site.visit('/')
  const lobby = home.page.getByRole('listitem').filter({ hasText: 'The Lobby' })
  await lobby.getByText('0 / 150').waitFor()
  const ada = await enter('Ada')
  await lobby.getByText('1 / 150').waitFor()
  await ada.context.close()
  await lobby.getByText('0 / 150').waitFor()
  assert.deepEqual(home.complaints, [])
})

test('a server that goes away sends everybody back to the door, with a reason', async () => {
  const ada = await enter('Ada')
  await site.server.stop()
  await ada.page
    .getByRole('alert')
    .getByText(/connection was lost/)
    .waitFor()
})
