import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { ExampleSite, type Visitor } from '../../../tools/example-site.ts'

const site = new ExampleSite()

/** Somebody opens the page, in a window of that size. */
async function visit(width = 1000, height = 700): Promise<Visitor> {
  const visitor = await site.visit('/examples/cursors/', { viewport: { width, height } })
  await says(visitor.page, /here|alone/)
  return visitor
}

const says = (page: Page, text: string | RegExp) =>
  page.getByRole('status').filter({ hasText: text }).waitFor()
const cursors = (page: Page) => page.locator('.cursor:visible')

/** Points at a place of the board, in hundredths of its size. */
async function point(page: Page, x: number, y: number): Promise<void> {
  const box = await page.locator('#board').boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + (box.width * x) / 100, box.y + (box.height * y) / 100)
}

/** Waits until there is a cursor at that place, in hundredths of the size of the board. */
async function shows(page: Page, x: number, y: number): Promise<void> {
  await page.waitForFunction(
    ([left, top]) =>
      [...document.querySelectorAll<HTMLElement>('.cursor:not([hidden])')].some(
        ({ style }) =>
          Math.abs(Number.parseFloat(style.left) - left) < 0.5 &&
          Math.abs(Number.parseFloat(style.top) - top) < 0.5,
      ),
    [x, y] as const,
  )
}

test('two people see where the other one points, whatever the size of their windows', async () => {
  const one = await visit()
  await says(one.page, 'You are alone')
  const other = await visit(600, 900)
  await says(one.page, 'Somebody else is here')
  await says(other.page, 'Somebody else is here')

  await point(one.page, 25, 80)
  await shows(other.page, 25, 80)
  assert.equal(await cursors(one.page).count(), 0, 'nobody gets a second cursor for himself')
  await point(other.page, 60, 10)
  await shows(one.page, 60, 10)
  await point(one.page, 90, 40)
  await shows(other.page, 90, 40)
  assert.deepEqual([one.complaints, other.complaints], [[], []])
})

test('who comes later sees at once where the others point', async () => {
  const one = await visit()
  const two = await visit()
  await point(one.page, 33, 44)
  await shows(two.page, 33, 44)
  const late = await visit()
  await shows(late.page, 33, 44)
  await says(late.page, '2 others are here')
})

test('a cursor goes when its mouse leaves the board, or its owner the page', async () => {
  const one = await visit()
  const other = await visit()
  await point(one.page, 50, 50)
  await shows(other.page, 50, 50)
  await one.page.mouse.move(5, 5)
  await cursors(other.page).waitFor({ state: 'hidden' })
  await point(one.page, 20, 20)
  await shows(other.page, 20, 20)
  await one.page.goto('about:blank')
  await says(other.page, 'You are alone')
  assert.equal(await other.page.locator('.cursor').count(), 0)
})

test('the home page leads here', async () => {
  const { page } = await visit()
  await page.goto(`${site.origin}/`)
  await page.locator('a[href$="/examples/cursors/"]').first().click()
  await page.waitForURL('**/examples/cursors/')
})
