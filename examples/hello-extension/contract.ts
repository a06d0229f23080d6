import { defineContract, t } from '@warren/codec/schema'

/** How the table is greeted, by language. */
export const GREETINGS = {
  Arabic: 'مرحبا',
  Chinese: '你好',
  Czech: 'Ahoj',
  English: 'Hello',
  French: 'Bonjour',
  German: 'Guten Tag',
  Greek: 'Γειά σου',
  Hawaiian: 'Aloha',
  Hindi: 'नमस्ते',
  Icelandic: 'Halló',
  Japanese: 'こんにちは',
  Korean: '안녕하세요',
  Portuguese: 'Olá',
  Spanish: '¡Hola!',
  Swahili: 'Jambo',
  Turkish: 'Merhaba',
  Ukrainian: 'Привіт',
  Welsh: 'Helô',
} as const

export type Language = keyof typeof GREETINGS

/** Languages in the order in which they are offered. */
export const LANGUAGES = Object.keys(GREETINGS) as Language[]

const MOST_DICE = 6

/** A roll as everybody hears of it. */
const roll = {
  by: t.string(),
  eyes: t.intArray({ minLength: 1, maxLength: MOST_DICE }),
  total: t.int(),
  /** Nobody has rolled more so far. */
  isBest: t.bool(),
}

/** What the page and the extension say to each other. Both sides import this file; what differs does not compile. */
export const hello = defineContract({
  requests: {
    /** Sits down at the table with a greeting. */
    hello: {
      params: { language: t.oneOf(...LANGUAGES) },
      response: {
        /** Who sits there, the newcomer last. */
        people: t.stringArray(),
        /** The latest rolls, the oldest first. */
        rolls: t.list(t.object(roll)),
        /** The highest total so far; 0 before the first roll. */
        best: t.int(),
      },
    },
    /** Rolls dice. Refused with `not-seated` before `hello`, with `too-soon` while the last ones still roll. */
    roll: {
      params: { dice: t.int({ min: 1, max: MOST_DICE }) },
      response: { eyes: t.intArray(), total: t.int() },
    },
  },
  messages: {
    /** Somebody sat down. */
    greeted: { by: t.string(), language: t.oneOf(...LANGUAGES), text: t.string() },
    /** Somebody left the table. */
    left: { name: t.string() },
    /** Somebody rolled. */
    rolled: roll,
  },
})
