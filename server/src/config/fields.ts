import { z } from 'zod'

/** The largest value of a SHORT, the type in which clients are told of room capacities and seconds [P-3.1.1]. */
const MAX_SHORT = 32_767
/** Long enough for every timeout, short enough for Node's timers. */
const MAX_SECONDS = 2_000_000

/** What an editor shows beside a key: what it means, and in what it is counted. */
export function described<T extends z.ZodType>(schema: T, sentence: string, unit?: string): T {
  const isSaid = unit === undefined || sentence.toLowerCase().includes(unit)
  const description = isSaid ? sentence : `${sentence} In ${unit}.`
  return schema.meta(unit === undefined ? { description } : { description, unit })
}

/** A whole number within bounds. */
export function count(sentence: string, unit: string, min: number, max: number, preset: number) {
  return described(z.int().min(min).max(max), sentence, unit).default(preset)
}

/** Users of a room; as many as the wire can count. */
export const roomUsers = (sentence: string, preset: number, min = 1) =>
  count(sentence, 'users', min, MAX_SHORT, preset)

export const seconds = (sentence: string, preset: number, min = 1, max = MAX_SECONDS) =>
  count(sentence, 'seconds', min, max, preset)

/** Seconds that clients are told of. */
export const toldSeconds = (sentence: string, preset: number, min = 1) =>
  seconds(sentence, preset, min, MAX_SHORT)

export const milliseconds = (sentence: string, preset: number, max: number, min = 0) =>
  count(sentence, 'milliseconds', min, max, preset)

/** Minutes of a ban and the like; a hundred years at most. */
export const minutes = (sentence: string, preset: number, min = 1) =>
  count(sentence, 'minutes', min, 52_560_000, preset)

export const bytes = (sentence: string, preset: number, min: number, max: number) =>
  count(sentence, 'bytes', min, max, preset)

export function flag(sentence: string, preset: boolean) {
  return described(z.boolean(), sentence).default(preset)
}

/** A text that must say something. */
export const text = (sentence: string, max = 255) => described(z.string().min(1).max(max), sentence)

/** Names that must not repeat. */
export function names(sentence: string, preset: readonly string[]) {
  return described(z.array(z.string().min(1)), sentence).default([...preset])
}

/** The name of a file or folder. */
export const fileName = z.string().min(1).max(4096)

export const hostAddress = z.string().min(1).max(255)

export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])

/** A listener: its port, or `off`. */
export const portOrOff = z.union([z.int().min(0).max(65_535), z.literal('off')])

/** What a listener is for. */
export function listener(sentence: string) {
  return described(portOrOff, `${sentence} 0 takes any free port, "off" keeps it closed.`)
}

/** Anything that is to be shown to users; may be empty. */
export function shownText(sentence: string, preset: string, max = 1000) {
  return described(z.string().max(max), sentence).default(preset)
}

/** One of several words. */
export function choice<const T extends readonly [string, ...string[]]>(
  sentence: string,
  words: T,
  preset: NoInfer<T[number]>,
) {
  const schema: z.ZodType<T[number], T[number]> = z.literal([...words])
  return described(schema, sentence).default(preset)
}
