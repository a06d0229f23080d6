import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { ExampleSite } from '../../../tools/example-site.ts'
import { distance, type Point, WORLD } from '../common/geometry.ts'
import { createIsland } from '../common/island.ts'

/** The longest that anything on the page may take, in milliseconds. */
const PATIENCE = 30_000
/** Units of the map in what a page calls a step. */
const UNITS_PER_STEP = 46
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

/** A place with nothing on it, and no village near. */
async function meadow(): Promise<Point> {
  const { villages, grid } = await createIsland()
  const isFree = (place: Point) =>
    villages.every(village => distance(village, place) > 500) &&
    [0, 100, 200].every(right => grid.isOpen({ x: place.x + right, y: place.y }))
  for (let y = 0; y < WORLD.height; y += 50) {
    for (let x = 0; x < WORLD.width; x += 50) if (isFree({ x, y })) return { x, y }
  }
  throw new Error('The island is full')
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

/** Waits until a page says of somebody that he is as far away from its own player as the server has them. */
async function seesWhere(page: Page, own: string, name: string): Promise<void> {
  await until(async () => {
    const near = (await page.locator('#near').textContent()) ?? ''
    const steps = Number(new RegExp(`${name} \\((\\d+) steps away\\)`).exec(near)?.[1])
    return Math.abs(steps - distance(placeOf(own), placeOf(name)) / UNITS_PER_STEP) <= 1
  }, name)
}

/** Waits until somebody has gone a good way, to wherever: barrels, which draw a walker, lie as chance has it. */
async function hasWalked(name: string, from: Point): Promise<void> {
  await until(() => distance(placeOf(name), from) > UNITS_PER_STEP, `${name} walks`)
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

  const walks = {
    streamed: () => clickFromMiddle(bob.page, 0, 260),
    'as user variables': () => bob.page.locator('#field').press('ArrowUp'),
  }
  for (const [way, walk] of Object.entries(walks)) {
    for (const { page } of [ann, bob]) await page.getByLabel(way, { exact: true }).check()
    await seesWhere(ann.page, 'Ann', 'Bob')
    const before = placeOf('Bob')
    await walk()
    await hasWalked('Bob', before)
    await seesWhere(ann.page, 'Ann', 'Bob')

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
  const { page } = await visit('Dora', await meadow(), { width: 360, height: 740 })
  const before = placeOf('Dora')
  // A tap leads to where the map is drawn at that moment, which at first may be somewhere else.
  await until(async () => {
    await page.touchscreen.tap(300, 420)
    return distance(placeOf('Dora'), before) > UNITS_PER_STEP
  }, 'the place')
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
})
