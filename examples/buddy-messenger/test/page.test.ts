import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import type { Page } from 'playwright-core'
import { ExampleSite } from '../../../tools/example-site.ts'

const site = new ExampleSite()
const folder = await mkdtemp(join(tmpdir(), 'buddy-messenger-'))
let tests = 0
let db: string
let complaints: (readonly string[])[] = []

/** Each test has lists of its own. */
beforeEach(async () => {
  complaints = []
  db = `sqlite:${join(folder, `lists-${++tests}.sqlite`)}`
  await site.restart(db)
})

after(() => rm(folder, { recursive: true }))

/** Somebody opens the page and comes in. */
async function visit(name: string): Promise<Page> {
  const visitor = await site.visit('/examples/buddy-messenger/', { viewport: { width: 1000, height: 720 } })
  complaints.push(visitor.complaints)
  const { page } = visitor
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
  assert.deepEqual(complaints.flat(), [])
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
  assert.deepEqual(complaints.flat(), [])
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
  await site.everybodyLeaves()
  await site.restart(db)
  const later = await visit('Ann')
  await buddy(later, 'Captain, Offline, at sea').waitFor()
})

test('the home page leads here', async () => {
  const page = await visit('Ann')
  await page.goto(`${site.origin}/`)
  await page.locator('a[href$="/examples/buddy-messenger/"]').first().click()
  await page.waitForURL('**/examples/buddy-messenger/')
})
