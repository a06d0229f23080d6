import { endingOf } from './file-name.ts'

/** What the client says of a file whose type it does not know. */
export const UNKNOWN_TYPE = 'application/octet-stream'

const CONTENT_TYPE = /^[a-z\d][\w!#$&^.+-]{0,63}\/[a-z\d][\w!#$&^.+-]{0,63}$/

/** A content type as the client gave it, in lower case and without parameters; the unknown one if it is none. */
export function plainType(contentType: string | undefined): string {
  const plain = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return CONTENT_TYPE.test(plain) ? plain : UNKNOWN_TYPE
}

/** Which files are taken. Endings and content types are what clients say; nobody looks into the files. */
export class FileTypes {
  readonly #all: boolean
  readonly #endings: ReadonlySet<string>
  readonly #types: ReadonlySet<string>
  readonly #text: string

  /** @param types  endings, content types, or `*` */
  constructor(types: readonly string[]) {
    const plain = types.map(type => type.toLowerCase())
    this.#all = plain.includes('*')
    this.#endings = new Set(plain.filter(type => type.startsWith('.')))
    this.#types = new Set(plain.filter(type => type.includes('/')))
    this.#text = plain.join(' ')
  }

  /** Whether a file may come: its ending is one of those listed, and its content type too, as far as there are lists. */
  allows(name: string, contentType: string): boolean {
    if (this.#all) return true
    if (this.#endings.size === 0 && this.#types.size === 0) return false
    return this.#allowsEnding(name) && this.#allowsType(contentType)
  }

  /** The list, for people. */
  toString(): string {
    return this.#text
  }

  #allowsEnding(name: string): boolean {
    return this.#endings.size === 0 || this.#endings.has(endingOf(name))
  }

  #allowsType(contentType: string): boolean {
    if (this.#types.size === 0 || this.#types.has(contentType)) return true
    return this.#types.has(`${contentType.slice(0, contentType.indexOf('/'))}/*`)
  }
}
