/** Characters that XML has no place for; a NUL would end the frame. Lone surrogates become U+FFFD in UTF-8 anyway. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
const SPECIAL = /[&<]|\]\]>/g
const SPECIAL_IN_ATTRIBUTE = /[&<"]/g
const ESCAPES: { readonly [special: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  ']]>': ']]&gt;',
}

/** Puts U+FFFD where a character is that XML forbids. */
export function allowedInXml(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD')
}

/** Text between two tags. */
export function escapeText(text: string): string {
  return allowedInXml(text).replace(SPECIAL, escapeOf)
}

/** Text between two quotation marks. */
export function escapeAttribute(text: string): string {
  return allowedInXml(text).replace(SPECIAL_IN_ATTRIBUTE, escapeOf)
}

/**
 * Text in a CDATA section. One that holds the end of such a section is escaped instead: a second section would be a
 * second node for Flash, and the class reads the first only.
 */
export function cdataSection(text: string): string {
  return text.includes(']]>') ? escapeText(text) : `<![CDATA[${allowedInXml(text)}]]>`
}

function escapeOf(special: string): string {
  return ESCAPES[special] as string
}

/**
 * Mends what the ActionScript class sends unescaped, so that an XML parser reads what was meant: a `<` that begins no
 * element of the protocol is text, a CDATA section ends before a tag and not at a `]]>` within its text, and the
 * element of a capacity gets its name.
 * @param names  the elements of the protocol
 */
export function markupMender(names: Iterable<string>): (frame: string) => string {
  const element = `/?(?:${[...names].join('|')})(?=[\\s/>])`
  const pieces = new RegExp(
    `<!\\[CDATA\\[([\\s\\S]*?)(?:\\]\\]>(?=\\s*<(?:!\\[CDATA\\[|${element}))|$)|<(?!${element}|[?!])`,
    'gi',
  )
  const mend = (_piece: string, content: string | undefined): string =>
    content === undefined ? '&lt;' : `<![CDATA[${content.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  return frame => frame.replace(NAMELESS_CAPACITY, '$1<Capacity>$2</Capacity>').replace(pieces, mend)
}

/** The class sends `<>n</>`, or `<undefined>n</undefined>`, for the capacity. */
const NAMELESS_CAPACITY =
  /(<MinorAction>\s*ChangeCapacity\s*<\/MinorAction>\s*)<(?:undefined)?>([^<]*)<\/(?:undefined)?>/gi
