import type { XmlElement } from './xml.ts'

/** What a setting means to Warren: a value, or what is wrong with it. `undefined`: it says nothing. */
export type Reading =
  | { readonly value: unknown; readonly odd?: string }
  | { readonly odd: string }
  | undefined

export type Read = (element: XmlElement) => Reading

/** One setting of an SFS2X file that Warren has too. */
export interface CarriedSetting {
  /** Path below the root: `wordsFilter/banMode`, or `wordsFilter@active` for an attribute. */
  readonly from: string
  /** Our key, as in `wordFilter.banMode`. */
  readonly to: string
  readonly read: Read
  /** What is different. */
  readonly note?: string
}

/** Settings that repeat: each element is an entry of a list of ours. */
export interface RepeatedSetting {
  readonly from: string
  readonly to: string
  readonly each: readonly Setting[]
}

/** One setting that Warren does not have. */
export interface LeftSetting {
  readonly from: string
  readonly why: Reason
  /** Values with which nothing is lost; `*` is every value. */
  readonly idle?: readonly string[]
}

/** An element whose settings Warren does not have, all for the same reason. */
export interface LeftSection {
  readonly from: string
  readonly why: Reason
  /** Paths below the element; an attribute is `@name`. */
  readonly settings: readonly string[]
  /** Whether the element is switched off, so that nothing is lost. */
  readonly idle: (element: XmlElement) => boolean
}

export type Setting = CarriedSetting | RepeatedSetting | LeftSetting | LeftSection

/** Why something is not carried, and what to do. */
export interface Reason {
  /** What the settings are about. */
  readonly what: string
  readonly why: string
  /** What an operator who needs it does. */
  readonly advice: string
}

/** What an element or attribute says. */
export const valueAt = (element: XmlElement, path: string): string => {
  const [names = '', attribute] = path.split('@')
  let at: XmlElement | undefined = element
  for (const name of names === '' ? [] : names.split('/')) {
    at = at?.children.find(child => child.name === name)
  }
  return (attribute === undefined ? at?.text : at?.attributes.get(attribute)) ?? ''
}
