import { MmoItem, type ServerApi, type Zone } from '@warren/server'

/** What the stock server's scripts do with the one item that they have. */
const MADE = /^IT=MMOItem\(\[(.*)\]\)$/m
const PLACED = /^M\.setMMOItemPosition\(IT,Vec3D\((-?\d+),(-?\d+),(-?\d+)\),R\)$/m
const CHANGED = /^M\.setMMOItemVariables\(IT,\[(.*)\]\)$/m
const REMOVED = /^M\.removeMMOItem\(IT\)$/m
const VARIABLE = /MMOItemVariable\('(\w+)',([^)]*)\)/g
const ROOM = /zone\.getRoomByName\('([^']+)'\)/

/** Carries out scripts about an item. */
export class ItemScripts {
  readonly #zone: Zone
  readonly #api: ServerApi
  #item = new MmoItem()

  constructor(zone: Zone, api: ServerApi) {
    this.#zone = zone
    this.#api = api
  }

  /** @returns whether it is such a script */
  execute(script: string): boolean {
    const room = this.#zone.roomByName(ROOM.exec(script)?.[1] ?? '')
    const [made, placed, changed] = [MADE, PLACED, CHANGED].map(form => form.exec(script))
    if (room === undefined || !/MMOItem/.test(script)) return false
    if (made) this.#item = new MmoItem(variablesOf(made[1] ?? ''))
    if (placed) {
      const [x = 0, y = 0, z = 0] = placed.slice(1).map(Number)
      this.#api.mmo.setItemPosition(room, this.#item, { x, y, z })
    }
    if (changed) this.#api.mmo.setItemVariables(this.#item, variablesOf(changed[1] ?? ''))
    if (REMOVED.test(script)) this.#api.mmo.removeItem(this.#item)
    return true
  }
}

function variablesOf(list: string): Record<string, string | number | null> {
  return Object.fromEntries(
    Array.from(list.matchAll(VARIABLE), ([, name = '', value = '']) => [name, readValue(value)]),
  )
}

/** The script's language has no wire type for a truth value: it became a number. */
function readValue(text: string): string | number | null {
  if (text === 'None') return null
  if (text === 'True') return 1
  return text.startsWith("'") ? text.slice(1, -1) : Number(text)
}
