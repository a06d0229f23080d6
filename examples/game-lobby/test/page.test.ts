import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { Page } from 'playwright-core'
import { ExampleSite } from '../../../tools/example-site.ts'

const site = new ExampleSite()
let complaints: (readonly string[])[] = []

afterEach(() => {
  complaints = []
})

/** Somebody opens the page and comes in. */
async function visit(name: string): Promise<Page> {
  const visitor = await site.visit('/examples/game-lobby/', { viewport: { width: 1100, height: 860 } })
  complaints.push(visitor.complaints)
  const { page } = visitor
  await page.getByLabel('Your name').fill(name)
  await press(page, 'Come in')
  await page.getByRole('heading', { name: 'Tables' }).waitFor()
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const table = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true })
const news = (page: Page, text: string) => page.locator('#news', { hasText: text }).waitFor()
const cell = (page: Page, row: number, column: number, mark: string) =>
  page.getByRole('button', { name: `Row ${row}, column ${column}: ${mark}` })

/** The players put their marks in turn; each one waits until it is his. */
async function play(first: Page, second: Page, ...moves: readonly (readonly [number, number])[]) {
  for (const [index, [row, column]] of moves.entries()) {
    await cell(index % 2 === 0 ? first : second, row, column, 'empty').click()
    await cell(first, row, column, index % 2 === 0 ? 'cross' : 'nought').waitFor()
  }
}

const FIRST_WINS = [
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
  [1, 3],
] as const

test('two find each other and play a round, and a third one watches', async () => {
  const ann = await visit('Ann')
  await press(ann, 'Open a table')
  await news(ann, 'Waiting for somebody')
  const bob = await visit('Bob')
  await table(bob, "Ann's table").getByRole('button', { name: 'Join' }).click()
  await news(ann, 'Your turn')
  await news(bob, 'Ann thinks')
  await play(ann, bob, ...FIRST_WINS.slice(0, 2))

  const cid = await visit('Cid')
  await table(cid, "Ann's table").getByText('They play').waitFor()
  assert.equal(await table(cid, "Ann's table").getByRole('button', { name: 'Join' }).count(), 0)
  await table(cid, "Ann's table").getByRole('button', { name: 'Watch' }).click()
  await cell(cid, 2, 1, 'nought').waitFor()
  await ann.getByText('Cid watches.').waitFor()
  assert.equal(await cid.locator('.cell:enabled').count(), 0, 'who watches has no move')

  await play(ann, bob, ...FIRST_WINS.slice(2))
  await news(ann, 'You win!')
  await news(bob, 'Ann wins.')
  await news(cid, 'Ann wins.')
  assert.equal(await cid.locator('.strike.shown').count(), 1)
  await press(cid, 'Bravo!')
  await ann.locator('.bubble', { hasText: 'Cid' }).waitFor()
  await press(bob, 'Play again')
  await news(cid, 'Ann thinks')
  assert.equal(await cid.locator('#player-1 .wins').textContent(), '1')

  await press(bob, 'Leave')
  await news(ann, 'Waiting for somebody')
  await press(cid, 'Take the free seat')
  await news(cid, 'Ann thinks')
  assert.deepEqual(complaints.flat(), [])
})

test('a quick game is a table that waits, or a new one', async () => {
  const ann = await visit('Ann')
  await press(ann, 'Quick game')
  await news(ann, 'Waiting for somebody')
  const bob = await visit('Bob')
  await press(bob, 'Quick game')
  await news(bob, 'Ann thinks')
  await ann.getByText('Bob', { exact: true }).first().waitFor()
})

test('tables are searched on the server, by what is said of them and by name', async () => {
  const ann = await visit('Ann')
  await press(ann, 'Open a table')
  const bob = await visit('Bob')
  await press(bob, 'Open a table')
  const cid = await visit('Cid')
  await table(cid, "Ann's table").waitFor()
  await table(cid, "Bob's table").waitFor()
  await press(cid, 'Playing')
  await cid.getByText('No such table.').waitFor()
  await press(cid, 'Free seats')
  await table(cid, "Bob's table").waitFor()
  await cid.getByPlaceholder('Search by name').fill('Ann')
  await table(cid, "Bob's table").waitFor({ state: 'detached' })
  await table(cid, "Ann's table").waitFor()
})

test('who is challenged plays, or says no', async () => {
  const ann = await visit('Ann')
  const bob = await visit('Bob')
  await press(ann, 'Challenge')
  await ann.getByText('Bob has 20 seconds to answer.').waitFor()
  const cid = await visit('Cid')
  await table(cid, "Ann's table").getByText('By challenge only').waitFor()
  await bob.getByText('Ann challenges you').waitFor()
  await press(bob, 'Not now')
  await ann.getByText('Bob does not want to play now.').waitFor()
  await ann.getByRole('heading', { name: 'Tables' }).waitFor()

  await ann.getByRole('listitem').filter({ hasText: 'Bob' }).getByRole('button').click()
  await press(bob, 'Play')
  await news(bob, 'Ann thinks')
  await news(ann, 'Your turn')
  await cid.getByRole('listitem').filter({ hasText: 'Bob' }).getByText("Ann's table").waitFor()
})

test('the home page leads here', async () => {
  const page = await visit('Ann')
  await page.goto(`${site.origin}/`)
  await page.locator('a[href$="/examples/game-lobby/"]').first().click()
  await page.waitForURL('**/examples/game-lobby/')
})
