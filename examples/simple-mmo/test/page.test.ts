import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { ExampleSite } from '../../../tools/example-site.ts'
import type { Point } from '../common/geometry.ts'
import { createIsland } from '../common/island.ts'

/** The longest that anything on the page may take, in milliseconds. */
const PATIENCE = 30_000
const DESKTOP = { width: 1280, height: 800 }
const site = new ExampleSite(PATIENCE)

/** A page whose player is on the island. */
async function visit(name: string, { x, y }: Point, viewport = DESKTOP) {
  const visitor = await site.visit(`/examples/simple-mmo/?name=${name}&at=${x},${y}`, {
    viewport,
    hasTouch: true,
  })
  const { page } = visitor
  await page.locator('#notice').waitFor({ state: 'hidden' })
  await number(page, 'on-island', count => count > 0)
  return visitor
}

/** Waits until one of the numbers is as it should be. */
async function number(page: Page, id: string, isRight: (value: number) => boolean): Promise<void> {
  await until(async () => {
    const text = (await page.locator(`#${id}`).textContent()) ?? ''
    return isRight(Number.parseFloat(text.replaceAll(',', '')))
  }, id)
}

const zone = () => site.server.api.zone('Island')

function userNamed(name: string) {
  const user = zone().userByName(name)
  assert.ok(user, `${name} is not there`)
  return user
}

function placeOf(name: string) {
  const place = site.server.api.mmo.positionOf(userNamed(name))
  assert.ok(place, `${name} is nowhere`)
  return place
}

/** Puts a slider somewhere, as somebody does who drags it. */
async function wantBots(page: Page, count: number): Promise<void> {
  const slider = page.getByLabel('Bots')
  await slider.fill(String(count))
  await slider.dispatchEvent('change')
}

/** A place to start from, on the green of a village. */
async function start(): Promise<Point> {
  const [village] = (await createIsland()).villages
  assert.ok(village)
  return { x: village.x, y: village.y + 60 }
}

/** Waits until something is so. */
async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + PATIENCE
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Still not right: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** Whether the frame around the area of interest is on the map. Runs in the page. */
function isRedAnywhere(): boolean {
  const canvas = document.querySelector<HTMLCanvasElement>('#map')
  const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
  let red = 0
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] === 0xc0 && pixels[at + 1] === 0x39 && pixels[at + 2] === 0x2b) red++
  }
  return red > 500
}

/** How many steps away somebody is, as a page says. */
async function stepsTo(page: Page, name: string, isRight: (steps: number) => boolean): Promise<void> {
  await until(async () => {
    const near = (await page.locator('#near').textContent()) ?? ''
    return isRight(Number(new RegExp(`${name} \\((\\d+) steps away\\)`).exec(near)?.[1]))
  }, name)
}

/** Clicks on the map, so far from the player, who is in its middle. */
async function clickFromMiddle(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.click(DESKTOP.width / 2 + x, DESKTOP.height / 2 + y)
}

/** Opens a barrel; another one when a porter was quicker. */
async function openBarrel(page: Page): Promise<void> {
  const open = page.locator('#barrels').filter({ hasText: /, 1 open$/ })
  await until(async () => {
    await page.getByRole('button', { name: 'Open the nearest barrel' }).click()
    return await open.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    )
  }, 'the barrel')
}

test('two players among five hundred bots see each other, and what each does', async () => {
  const { x, y } = await start()
  const ann = await visit('Ann', { x: x - 46, y })
  const bob = await visit('Bob', { x: x + 46, y })
  await wantBots(ann.page, 500)
  await number(bob.page, 'on-island', count => count === 502)
  assert.equal(await bob.page.locator('#bots-value').textContent(), '500')
  for (const { page } of [ann, bob]) {
    await number(page, 'in-view', count => count > 1 && count < 200)
    await number(page, 'messages', count => count > 0)
    await number(page, 'bytes', count => count > 0)
    await number(page, 'lag', millis => millis > 0)
  }

  const walks = [
    {
      way: 'streamed',
      isBefore: (steps: number) => steps === 2,
      go: () => clickFromMiddle(bob.page, 0, 260),
      isAfter: (steps: number) => steps >= 5,
    },
    {
      way: 'as user variables',
      isBefore: (steps: number) => steps >= 5,
      go: () => bob.page.locator('#field').press('ArrowUp'),
      isAfter: (steps: number) => steps <= 4,
    },
  ]
  for (const { way, isBefore, go, isAfter } of walks) {
    for (const { page } of [ann, bob]) await page.getByLabel(way, { exact: true }).check()
    await stepsTo(ann.page, 'Bob', isBefore)
    await go()
    await stepsTo(ann.page, 'Bob', isAfter)

    await openBarrel(ann.page)
    for (const { page } of [ann, bob])
      await page
        .locator('#barrels')
        .filter({ hasText: /, 1 open$/ })
        .waitFor()

    await ann.page.getByPlaceholder('Say something').fill(`Hello, ${way}`)
    await ann.page.keyboard.press('Enter')
    for (const { page } of [ann, bob]) {
      await page.getByRole('log').getByText(`Ann: Hello, ${way}`).waitFor()
    }
  }
  await bob.page.close()
  await ann.page.locator('#near').filter({ hasText: 'nobody but bots' }).waitFor()
  assert.deepEqual([...ann.complaints, ...bob.complaints], [])
})

test('the area of interest can be shown around what the page shows', async () => {
  const { page } = await visit('Cleo', await start())
  const hasDashes = () => page.evaluate(isRedAnywhere)
  assert.equal(await hasDashes(), false)
  await page.getByLabel('Show the area of interest').check()
  await until(hasDashes, 'the frame')
})

test('on a phone nothing is wider than the screen, and a finger walks', async () => {
  const { page } = await visit('Dora', await start(), { width: 360, height: 740 })
  const before = placeOf('Dora')
  // A tap leads to where the map is drawn at that moment, which at first may be somewhere else.
  await until(async () => {
    await page.touchscreen.tap(300, 420)
    return placeOf('Dora').x > before.x + 60
  }, 'the place')
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
})
