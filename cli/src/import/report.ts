import type { Reason } from './setting.ts'

const UNKNOWN: Reason = {
  what: 'Unknown settings',
  why: 'This version does not know what they mean.',
  advice: 'Look them up in the documentation of your server, and please report them.',
}

const ODD: Reason = {
  what: 'Values that could not be carried whole',
  why: 'The setting is known, the value is not.',
  advice: 'Set the key yourself; what is not there has its default.',
}

interface Entry {
  readonly file: string
  readonly path: string
  readonly reason: Reason
  /** Nothing is lost in any place. */
  idle: boolean
  places: Set<string>
  readonly details: Set<string>
}

/** What the settings of one file are told to. */
export interface FileReport {
  /** A setting that Warren does not have. @param idle  nothing is lost with its value */
  left(path: string, reason: Reason, idle: boolean): void
  /** A setting that nobody knows. */
  unknown(path: string): void
  /** A value that could not be read, or not whole. */
  odd(path: string, detail: string): void
}

/** Most places that are named one by one. */
const MAX_PLACES = 4

const WIDTH = 118

/** Collects what was not carried; each setting is one entry, however often it is there. */
export class ImportReport {
  readonly #entries = new Map<string, Entry>()

  /**
   * @param file  what stands before the path of a setting
   * @param place  the zone; empty where there is only one file
   */
  of(file: string, place = ''): FileReport {
    const add = (path: string, reason: Reason, idle: boolean, detail?: string) => {
      const key = `${file} ${path} ${reason === ODD}`
      const entry = this.#entries.get(key) ?? {
        file,
        path,
        reason,
        idle,
        places: new Set(),
        details: new Set(),
      }
      this.#entries.set(key, entry)
      if (entry.idle && !idle) {
        entry.idle = false
        entry.places = new Set()
      }
      if (place !== '' && entry.idle === idle) entry.places.add(place)
      if (detail !== undefined) entry.details.add(detail)
    }
    return {
      left: (path, reason, idle) => add(path, reason, idle),
      unknown: path => add(path, UNKNOWN, false),
      odd: (path, detail) => add(path, ODD, false, detail),
    }
  }

  /** Whether an operator has something to do. */
  get isClean(): boolean {
    return this.#lost.length === 0
  }

  /** Everything that was not carried, grouped by what to do. */
  toString(): string {
    const lost = byReason(this.#lost)
    const idle = byReason([...this.#entries.values()].filter(entry => entry.idle))
    const parts = [
      ...(lost.length === 0
        ? []
        : ['Not carried, and what to do:', ...lost.map(([reason, entries]) => loss(reason, entries))]),
      ...(idle.length === 0
        ? []
        : [
            'Left out; with the values that they have, nothing is lost:',
            ...idle.map(([reason, entries]) => rest(reason, entries)),
          ]),
    ]
    return parts.map(part => `${part}\n`).join('\n')
  }

  get #lost(): Entry[] {
    return [...this.#entries.values()].filter(entry => !entry.idle)
  }
}

function byReason(entries: readonly Entry[]): [Reason, Entry[]][] {
  const groups = new Map<Reason, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.reason)
    if (group) group.push(entry)
    else groups.set(entry.reason, [entry])
  }
  return [...groups]
}

function loss(reason: Reason, entries: readonly Entry[]): string {
  const plain = Map.groupBy(
    entries.filter(({ details }) => details.size === 0),
    ({ file, places }) => `${file}${placesText(places)}`,
  )
  const detailed = entries.flatMap(({ file, path, places, details }) => {
    const detail = [...details].join('; ')
    return detail === '' ? [] : [`    ${file}${placesText(places)}: ${path}: ${detail}`]
  })
  const lines = [
    `  ${reason.what}. ${reason.why}`,
    `  To do: ${reason.advice}`,
    ...listed(plain),
    ...detailed,
  ]
  return lines.join('\n')
}

function rest(reason: Reason, entries: readonly Entry[]): string {
  return [`  ${reason.what}. ${reason.why}`, ...listed(Map.groupBy(entries, ({ file }) => file))].join('\n')
}

/** The settings of a file, in lines of a readable length. */
function listed(groups: ReadonlyMap<string, readonly Entry[]>): string[] {
  return Array.from(groups, ([head, entries]) => {
    const lines = [`    ${head}:`]
    for (const [index, { path }] of entries.entries()) {
      const item = index < entries.length - 1 ? `${path},` : path
      const line = `${lines.at(-1)} ${item}`
      if (line.length <= WIDTH) lines[lines.length - 1] = line
      else lines.push(`      ${item}`)
    }
    return lines.join('\n')
  })
}

function placesText(places: ReadonlySet<string>): string {
  if (places.size === 0) return ''
  const named = [...places].slice(0, MAX_PLACES).join(', ')
  const more = places.size - MAX_PLACES
  return ` (${named}${more > 0 ? ` and ${more} more` : ''})`
}
