import type { Read, Reading } from './setting.ts'
import type { XmlElement } from './xml.ts'

/** A whole number. */
export const count: Read = ({ text }) => {
  if (text === '') return undefined
  return /^-?\d{1,15}$/.test(text) ? { value: Number(text) } : { odd: `"${text}" is no whole number` }
}

export const flag: Read = ({ text }) => {
  const word = text.toLowerCase()
  if (word === '') return undefined
  return word === 'true' || word === 'false'
    ? { value: word === 'true' }
    : { odd: `"${text}" is neither true nor false` }
}

/** A text that says nothing when it is empty. */
export const text: Read = element => (element.text === '' ? undefined : { value: element.text })

/** A text that may be empty. */
export const anyText: Read = element => ({ value: element.text })

/** Names with commas between. */
export const commaList: Read = element => ({ value: splitList(element.text) })

/** One of the words of SFS2X, and ours for it. */
export function word(words: Readonly<Record<string, string>>): Read {
  return element => {
    if (element.text === '') return undefined
    const ours = words[element.text.toUpperCase()]
    return ours === undefined ? { odd: `"${element.text}" is not known` } : { value: ours }
  }
}

/** Flags with commas between, each a key of ours that is true when it is there. */
export function flags(keys: Readonly<Record<string, string>>): Read {
  return element => {
    const given = splitList(element.text)
    const value = Object.fromEntries(Object.entries(keys).map(([name, key]) => [key, given.includes(name)]))
    return withUnknown(
      value,
      given.filter(name => keys[name] === undefined),
    )
  }
}

/** The `<string>` entries of a list, each by its name here; names that are not known are told. */
export function strings(translate: (name: string) => readonly string[] | undefined): Read {
  return element => {
    const given = stringsOf(element)
    const value = [...new Set(given.flatMap(name => translate(name) ?? []))]
    return withUnknown(
      value,
      given.filter(name => translate(name) === undefined),
    )
  }
}

/** Whether an entry is in a list of `<string>`. */
export function stringsOf(element: XmlElement): string[] {
  return element.children
    .filter(({ name }) => name === 'string')
    .map(entry => entry.text)
    .filter(entry => entry !== '')
}

export function splitList(list: string): string[] {
  return list
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
}

export function withUnknown(value: unknown, unknown: readonly string[]): Reading {
  if (unknown.length === 0) return { value }
  return { value, odd: `${unknown.map(name => `"${name}"`).join(', ')} is not known` }
}
