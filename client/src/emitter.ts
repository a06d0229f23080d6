/** Hears an event. */
export type Listener<T> = (event: T) => void

/** Events by name, typed. A listener that throws does not keep the others from hearing. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>()

  /** Listens from now on. @returns what ends it */
  on<N extends keyof Events>(name: N, listener: Listener<Events[N]>): () => void {
    let listeners = this.#listeners.get(name)
    if (listeners === undefined) {
      listeners = new Set()
      this.#listeners.set(name, listeners)
    }
    listeners.add(listener)
    return () => this.off(name, listener)
  }

  /** Listens once. @returns what ends it before */
  once<N extends keyof Events>(name: N, listener: Listener<Events[N]>): () => void {
    const off = this.on(name, event => {
      off()
      listener(event)
    })
    return off
  }

  /** The next event of that name. */
  next<N extends keyof Events>(name: N): Promise<Events[N]> {
    return new Promise(resolve => this.once(name, resolve))
  }

  off<N extends keyof Events>(name: N, listener: Listener<Events[N]>): void {
    this.#listeners.get(name)?.delete(listener)
  }

  /** @internal */
  protected emit<N extends keyof Events>(name: N, event: Events[N]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])] as Listener<Events[N]>[]) {
      try {
        listener(event)
      } catch (error) {
        // As a listener of the browser would: reported, and nobody else is hurt.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
