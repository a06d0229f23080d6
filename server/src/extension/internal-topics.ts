import type { InternalHandler, InternalMessages, InternalTarget } from './internal-messages.ts'

/** Finds the topics of another extension, and runs its answer in safety. */
export type AskOther = (target: InternalTarget, topic: string, payload: unknown) => Promise<unknown>

/** What one extension answers to, and its way to the others. */
export class InternalTopics implements InternalMessages {
  readonly #handlers = new Map<string, InternalHandler>()
  readonly #ask: AskOther

  constructor(ask: AskOther) {
    this.#ask = ask
  }

  on(topic: string, handler: InternalHandler): void {
    if (this.#handlers.has(topic)) throw new Error(`The topic ${topic} is answered already`)
    this.#handlers.set(topic, handler)
  }

  ask(target: InternalTarget, topic: string, payload?: unknown): Promise<unknown> {
    return this.#ask(target, topic, payload)
  }

  find(topic: string): InternalHandler | undefined {
    return this.#handlers.get(topic)
  }
}
