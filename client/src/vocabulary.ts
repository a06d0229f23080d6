import { type Failure, roomMessages, ServerMessageReader, sessionMessages, talkMessages } from '@warren/codec'
import type { Feature } from './mirror/feature.ts'
import type { Takers } from './mirror/mirror.ts'
import { type Incoming, problemOf, type Refusal } from './session/packets.ts'

type Loader = () => Promise<Feature>

const buddies: Loader = async () => (await import('./mirror/buddies.ts')).buddies
const mmo: Loader = async () => (await import('./mmo.ts')).mmo
const rareParts: Loader = async () => (await import('./rare-parts.ts')).rareFeature

/** What is loaded when a server first speaks of it, by action; the rare parts for every other one. */
const FEATURES: { readonly [action: number]: Loader } = { 30: mmo, 200: buddies, 1007: mmo, 2001: mmo }

/** What a client understands of its server: at first what every page needs, and the rest when it is spoken of. */
export class Vocabulary {
  readonly #reader = new ServerMessageReader({ ...sessionMessages, ...roomMessages, ...talkMessages })
  readonly #loaded = new Set<Loader>()
  readonly #learned: (takers: Takers) => void

  /** @param learned  is told what is made of messages that can be read from now on */
  constructor(learned: (takers: Takers) => void) {
    this.#learned = learned
  }

  /** What the body of a packet says; later, if that has to be loaded. */
  read(body: Uint8Array): Incoming | Promise<Incoming> {
    const incoming = this.#reader.read(body)
    if ('name' in incoming) return incoming.name === 'Failure' ? explain(incoming) : incoming
    const { action } = incoming
    if (action === undefined) return incoming
    const load = FEATURES[action] ?? rareParts
    return this.#loaded.has(load) ? incoming : this.#learn(load, body.slice()).catch(problemOf)
  }

  async #learn(load: Loader, body: Uint8Array): Promise<Incoming> {
    const { messages, takers } = await load()
    this.#loaded.add(load)
    this.#reader.learn(messages)
    this.#learned(takers)
    return this.read(body)
  }
}

/** The texts of errors are loaded with the first one. */
async function explain(failure: Failure): Promise<Refusal> {
  return await import('./refusals.ts').then(
    ({ explained }) => explained(failure),
    () => ({ ...failure, text: String(failure.code), event: undefined }),
  )
}
