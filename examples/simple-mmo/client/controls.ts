import type { Way } from '../contract.ts'
import { byId, write } from './dom.ts'
import type { Overview } from './session.ts'

/** What somebody may do beside walking. */
export interface ControlsListener {
  setBots(count: number): void
  setWay(way: Way): void
  showArea(isShown: boolean): void
  showEverybody(isShown: boolean): void
  say(text: string): void
  turnNearestBarrel(): void
}

/** The fields and buttons beside the map. */
export class Controls {
  readonly #bots = byId('bots', HTMLInputElement)
  /** While it is being dragged the slider says what is wished for, and not what there is. */
  #isDragged = false

  constructor(listener: ControlsListener) {
    // On a phone they would hide the map.
    byId('panel', HTMLDetailsElement).open = !matchMedia('(max-width: 46rem)').matches
    const bots = this.#bots
    bots.addEventListener('input', () => {
      this.#isDragged = true
      this.#showBots(bots.valueAsNumber)
    })
    bots.addEventListener('change', () => {
      this.#isDragged = false
      listener.setBots(bots.valueAsNumber)
    })
    for (const way of ['classic', 'streaming'] as const) {
      byId(way, HTMLInputElement).addEventListener('change', () => listener.setWay(way))
    }
    onToggle('area', isOn => listener.showArea(isOn))
    onToggle('everybody', isOn => listener.showEverybody(isOn))
    byId('turn', HTMLButtonElement).addEventListener('click', () => listener.turnNearestBarrel())
    byId('talk', HTMLFormElement).addEventListener('submit', event => {
      event.preventDefault()
      const field = byId('text', HTMLInputElement)
      if (field.value.trim() !== '') listener.say(field.value.trim())
      field.value = ''
    })
  }

  overview({ wanted, most }: Overview): void {
    this.#bots.max = String(most)
    if (this.#isDragged) return
    this.#bots.value = String(wanted)
    this.#showBots(wanted)
  }

  #showBots(count: number): void {
    write('bots-value', count.toLocaleString('en'))
  }
}

function onToggle(id: string, act: (isOn: boolean) => void): void {
  const field = byId(id, HTMLInputElement)
  field.addEventListener('change', () => act(field.checked))
}
