import { GREETINGS, LANGUAGES, type Language } from '../contract.ts'
import { logIn } from './connection.ts'
import { byId, element } from './dom.ts'
import { Table } from './table.ts'
import { CallFailed } from './typed-extension.ts'

const name = byId('name', HTMLInputElement)
const language = byId('language', HTMLSelectElement)
const dice = byId('dice-count', HTMLInputElement)

let table: Table | undefined

/** @param text  empty to hide it */
function show(id: string, text: string): void {
  const place = byId(id, HTMLElement)
  place.textContent = text
  place.hidden = text === ''
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function goIn(isIn: boolean): void {
  byId('door', HTMLElement).hidden = isIn
  byId('table', HTMLElement).hidden = !isIn
}

const chosenLanguage = () => LANGUAGES.find(each => each === language.value) ?? 'English'

function showGreeting(): void {
  const greeting = byId('greeting', HTMLElement)
  greeting.textContent = GREETINGS[chosenLanguage()]
}

async function enter(): Promise<void> {
  show('notice', '')
  const button = byId('enter', HTMLButtonElement)
  button.disabled = true
  try {
    const sfs = await logIn(name.value.trim(), () => {
      table?.close()
      table = undefined
      goIn(false)
      show('notice', 'The connection was lost. Sit down again when you like.')
    })
    table = new Table(sfs)
    await table.sitDown(chosenLanguage())
    goIn(true)
    dice.focus()
  } catch (error) {
    show('notice', textOf(error))
  } finally {
    button.disabled = false
  }
}

async function roll(): Promise<void> {
  dice.removeAttribute('aria-invalid')
  show('problem', '')
  try {
    await table?.roll(dice.valueAsNumber)
  } catch (error) {
    show('problem', textOf(error))
    if (error instanceof CallFailed && error.path === 'dice') dice.setAttribute('aria-invalid', 'true')
  }
}

function start(): void {
  language.append(...LANGUAGES.map(each => optionOf(each)))
  language.value = 'English' satisfies Language
  showGreeting()
  language.addEventListener('change', showGreeting)
  byId('door-form', HTMLFormElement).addEventListener('submit', event => {
    event.preventDefault()
    void enter()
  })
  byId('roll-form', HTMLFormElement).addEventListener('submit', event => {
    event.preventDefault()
    void roll()
  })
}

function optionOf(each: Language): HTMLOptionElement {
  const option = element('option', '', each)
  option.value = each
  return option
}

start()
