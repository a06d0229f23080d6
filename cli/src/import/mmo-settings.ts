import { count, flag } from './readers.ts'
import type { Read } from './setting.ts'
import { valueAt } from './setting.ts'
import type { XmlElement } from './xml.ts'

/** What is inside, and our key for it. */
const POINTS = { defaultAOI: 'aoi', lowerMapLimit: 'lowerLimit', higherMapLimit: 'higherLimit' } as const
const NUMBERS = {
  userMaxLimboSeconds: 'maxLimboSeconds',
  proximityListUpdateMillis: 'proximityMillis',
} as const
const FLAGS = { sendAOIEntryPoint: 'sendEntryPoint' } as const
const KNOWN: ReadonlySet<string> = new Set([
  'isActive',
  ...Object.keys(POINTS),
  ...Object.keys(NUMBERS),
  ...Object.keys(FLAGS),
])

const NUMBER = /^[-+]?\d+(\.\d*)?$/

/** The settings of an MMO room; nothing when they are switched off. */
export const mmoSettings: Read = element => {
  if (valueAt(element, 'isActive').toLowerCase() !== 'true') return undefined
  const odd = element.children
    .filter(({ name }) => !KNOWN.has(name))
    .map(({ name }) => `"${name}" is not known`)
  const value: Record<string, unknown> = {}
  const take = (names: Readonly<Record<string, string>>, read: Read) => {
    for (const child of element.children) {
      const key = names[child.name]
      const reading = key === undefined ? undefined : read(child)
      if (key === undefined || reading === undefined) continue
      if ('value' in reading) value[key] = reading.value
      if (reading.odd !== undefined) odd.push(`${child.name}: ${reading.odd}`)
    }
  }
  if (hasFractions(element)) value.coordinates = 'float'
  take(POINTS, point)
  take(NUMBERS, count)
  take(FLAGS, flag)
  const why = odd.join(', ')
  if (value.aoi === undefined)
    return { odd: [why, 'there is no area of interest'].filter(Boolean).join(', ') }
  return odd.length === 0 ? { value } : { value, odd: why }
}

/** A room of floats is told by a point in its numbers. */
function hasFractions(element: XmlElement): boolean {
  return Object.keys(POINTS).some(name => valueAt(element, name).includes('.'))
}

const point: Read = ({ text }) => {
  if (text === '') return undefined
  const numbers = text.split(',').map(number => number.trim())
  const isPoint =
    (numbers.length === 2 || numbers.length === 3) && numbers.every(number => NUMBER.test(number))
  if (!isPoint) return { odd: `"${text}" is no point` }
  const [x = 0, y = 0, z = 0] = numbers.map(Number)
  return { value: { x, y, z } }
}
