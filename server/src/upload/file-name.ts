/** What file systems, shells or people take for something else. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"*/:<>?\\|]/gu
/** Names that some systems keep for devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
const MAX_NAME = 100
/** No more of a name is looked at, from its end. */
const LONGEST_LOOKED_AT = 1000
const MAX_ENDING = 20

/**
 * A client's name for a file as one that is safe to show and to use as a file name: no folders, no leading dot, at
 * most 100 characters; the ending stays.
 * @returns an empty text when nothing is left
 */
export function harmlessName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  const plain = last
    .slice(-LONGEST_LOOKED_AT)
    .toWellFormed()
    .normalize('NFC')
    .replace(HARMFUL, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(DEVICE, '_$1')
  if (plain.length <= MAX_NAME) return plain
  const ending = endingOf(plain)
  return plain.slice(0, MAX_NAME - ending.length).toWellFormed() + ending
}

/** What stands after the last dot of a name, with the dot, in lower case; empty if there is none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  const isEnding = dot > 0 && name.length - dot <= MAX_ENDING
  return isEnding ? name.slice(dot).toLowerCase() : ''
}
