import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExampleSite } from '../../../tools/example-site.ts'

const DESKTOP = { width: 1280, height: 800 }
const site = new ExampleSite()

const visit = (viewport = DESKTOP) =>
  site.visit('/examples/hello-extension/', { viewport, reducedMotion: 'reduce' })

/** Somebody at the table. */
async function sitDown(name: string, language: string, viewport?: { width: number; height: number }) {
  const visitor = await visit(viewport)
  const { page } = visitor
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Say hello in').selectOption(language)
  await page.getByRole('button', { name: 'Sit down' }).click()
  await page.getByRole('button', { name: 'Roll' }).waitFor()
  const roll = async (dice: string) => {
    await page.getByLabel('Dice').fill(dice)
    await page.getByRole('button', { name: 'Roll' }).click()
  }
  const rolls = page.getByRole('log', { name: 'Rolls' }).getByRole('listitem')
  const people = page.getByRole('list', { name: 'At the table' }).getByRole('listitem')
  return { ...visitor, roll, rolls, people }
}

test('the greeting is shown in the language that is picked', async () => {
  const { page, complaints } = await visit()
  await page.getByText('Hello', { exact: true }).waitFor()
  await page.getByLabel('Say hello in').selectOption('Japanese')
  await page.getByText('こんにちは', { exact: true }).waitFor()
  assert.deepEqual(complaints, [])
})

test('what one rolls is seen by all, with its dice and its total', async () => {
  const ada = await sitDown('Ada', 'French')
  const boris = await sitDown('Boris', 'Arabic')
  await ada.page.getByText('مرحبا').waitFor()
  await ada.people.filter({ hasText: 'Boris' }).waitFor()
  await ada.roll('3')
  const row = boris.rolls.filter({ hasText: 'Ada' })
  await row.waitFor()
  const eyes = await row.getByRole('img').evaluateAll(dice => dice.map(die => Number(die.ariaLabel)))
  assert.equal(eyes.length, 3)
  const total = eyes.reduce((sum, eye) => sum + eye)
  await boris.page.getByText(`Ada rolled ${total}`).waitFor()
  await ada.page.getByText(`You rolled ${total}`).waitFor()
  assert.deepEqual([...ada.complaints, ...boris.complaints], [])

  const cleo = await sitDown('Cleo', 'Korean')
  await cleo.rolls.filter({ hasText: 'Ada' }).waitFor()
  await boris.page.close()
  await cleo.people.filter({ hasText: 'Boris' }).waitFor({ state: 'detached' })
})

test('what the contract does not allow is said beside the form, and mended there', async () => {
  const { page, roll, rolls } = await sitDown('Ada', 'Welsh')
  await roll('7')
  await page.getByRole('alert').getByText('dice is 7, more than 6').waitFor()
  assert.equal(await page.getByLabel('Dice').getAttribute('aria-invalid'), 'true')
  await roll('')
  await page
    .getByRole('alert')
    .getByText(/dice .* a number/)
    .waitFor()
  const before = await rolls.count()
  await roll('6')
  await rolls.nth(before).waitFor()
  assert.equal(await page.getByRole('alert').isVisible(), false)
})

test('on a phone nothing is wider than the screen, six dice and a long name included', async () => {
  const viewport = { width: 360, height: 740 }
  const { page, roll, rolls } = await sitDown('Wolfeschlegelsteinhausen', 'Greek', viewport)
  const before = await rolls.count()
  await roll('6')
  await rolls.nth(before).waitFor()
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
})

test('a name that is taken is refused in words', async () => {
  await sitDown('Ada', 'Welsh')
  const { page } = await visit()
  await page.getByLabel('Name').fill('Ada')
  await page.getByRole('button', { name: 'Sit down' }).click()
  await page.getByRole('alert').getByText(/Ada/).waitFor()
})

test('the page runs no inline script but its import map', async () => {
  const response = await fetch(`${site.origin}/examples/hello-extension/`)
  const policy = response.headers.get('content-security-policy') ?? ''
  assert.match(policy, /script-src 'self' 'sha256-[A-Za-z0-9+/]+='(?:;|$)/)
  assert.doesNotMatch(policy, /unsafe/)
})

test('a server that goes away sends everybody back to the door, with a reason', async () => {
  const { page } = await sitDown('Ada', 'Czech')
  await site.server.stop()
  await page
    .getByRole('alert')
    .getByText(/connection was lost/)
    .waitFor()
})
