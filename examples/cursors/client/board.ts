/** A place on the board: from 0 to 1, left to right and top to bottom, so that windows may differ in size. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** The others are called by animals, each by another one. */
const NAMES = [
  'Otter',
  'Heron',
  'Badger',
  'Wren',
  'Lynx',
  'Marten',
  'Plover',
  'Hare',
  'Newt',
  'Stoat',
  'Swift',
  'Mole',
]
/** Steps around the colour wheel: neighbours are far apart. */
const HUE_STEP = 137.5

/** The page: cursors of the others, and where one's own is. */
export class Board {
  /** Called when one's own mouse, pen or finger moves; without a place when it leaves the board. */
  onMove: (place: Place | undefined) => void = () => undefined
  readonly #field = elementOf('board', HTMLElement)
  readonly #status = elementOf('status', HTMLElement)
  readonly #template = elementOf('cursor', HTMLTemplateElement)
  readonly #cursors = new Map<number, HTMLElement>()

  constructor() {
    this.#field.addEventListener('pointermove', event => this.onMove(this.#placeOf(event)))
    this.#field.addEventListener('pointerdown', event => this.onMove(this.#placeOf(event)))
    this.#field.addEventListener('pointerleave', () => this.onMove(undefined))
  }

  /** Shows the cursor of somebody, or hides it when he points nowhere. */
  show(id: number, place: Place | undefined): void {
    const cursor = this.#cursors.get(id) ?? this.#create(id)
    // Where it appears it is at once; from there it glides.
    cursor.classList.toggle('glides', !cursor.hidden)
    cursor.hidden = place === undefined
    if (place === undefined) return
    cursor.style.left = `${place.x * 100}%`
    cursor.style.top = `${place.y * 100}%`
  }

  remove(id: number): void {
    this.#cursors.get(id)?.remove()
    this.#cursors.delete(id)
  }

  clear(): void {
    for (const id of [...this.#cursors.keys()]) this.remove(id)
  }

  /** Says something in words. */
  say(text: string): void {
    this.#status.textContent = text
  }

  #create(id: number): HTMLElement {
    const cursor = this.#template.content.firstElementChild?.cloneNode(true)
    if (!(cursor instanceof HTMLElement)) throw new Error('The page has no cursor to copy')
    cursor.style.setProperty('--hue', String((id * HUE_STEP) % 360))
    cursor.append(NAMES[id % NAMES.length] ?? '')
    cursor.hidden = true
    this.#field.append(cursor)
    this.#cursors.set(id, cursor)
    return cursor
  }

  #placeOf({ clientX, clientY }: PointerEvent): Place {
    const { left, top, width, height } = this.#field.getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }
}

function elementOf<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}`)
  return found
}
