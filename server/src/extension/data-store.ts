/** A value that can be kept as JSON. */
export type JsonData =
  | null
  | boolean
  | number
  | string
  | readonly JsonData[]
  | { readonly [key: string]: JsonData }

/** The longest value, in characters of JSON. */
export const MAX_DATA_CHARS = 1_048_576
/** The longest key, in bytes of UTF-8: an index of PostgreSQL takes no more than 2700. */
export const MAX_KEY_BYTES = 1024

/** What an extension keeps by key. Each extension has keys of its own. */
export interface DataStore {
  /** The value of a key; undefined when there is none. */
  get(key: string): Promise<JsonData | undefined>
  /**
   * Keeps a copy of a value.
   * @throws TypeError for what JSON cannot hold; RangeError for more than 1,048,576 characters of JSON, and for a key of
   *   more than 1024 bytes of UTF-8
   */
  set(key: string, value: JsonData): Promise<void>
  /** @returns whether there was such a key */
  delete(key: string): Promise<boolean>
  /** The keys that start with a prefix, in alphabetical order. */
  keys(prefix?: string): Promise<string[]>
}

/** Gives each extension its store, by name. */
export interface DataStores {
  of(extension: string): DataStore
}

/** Keeps values as long as the process lives. */
export class MemoryDataStores implements DataStores {
  readonly #stores = new Map<string, DataStore>()

  of(extension: string): DataStore {
    let store = this.#stores.get(extension)
    if (store === undefined) {
      store = new MemoryData()
      this.#stores.set(extension, store)
    }
    return store
  }
}

/** Values as JSON texts, so that nobody holds on to what was given or got. */
class MemoryData implements DataStore {
  readonly #texts = new Map<string, string>()

  async get(key: string): Promise<JsonData | undefined> {
    const text = this.#texts.get(key)
    return text === undefined ? undefined : JSON.parse(text)
  }

  async set(key: string, value: JsonData): Promise<void> {
    this.#texts.set(key, jsonText(key, value))
  }

  async delete(key: string): Promise<boolean> {
    return this.#texts.delete(key)
  }

  async keys(prefix = ''): Promise<string[]> {
    return [...this.#texts.keys()].filter(key => key.startsWith(prefix)).sort()
  }
}

/** The JSON of a value that is to be kept. @throws TypeError for what JSON cannot hold; RangeError for too much */
export function jsonText(key: string, value: JsonData): string {
  // What the types forbid gives undefined.
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`The value of ${key} is nothing that JSON can hold`)
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new RangeError(`A key has at most ${MAX_KEY_BYTES} bytes`)
  if (text.length > MAX_DATA_CHARS) {
    throw new RangeError(`The value of ${key} has more than ${MAX_DATA_CHARS} characters of JSON`)
  }
  return text
}
