/** Hears an event. */
export type Listener<T> = (event: T) => void

/** Events by name, typed. A listener that throws does not keep the others from hearing. */
export class Emitter<Events extends object> {
  /** By event, each listener with what is `this` for it. */
  readonly #listeners = new Map<keyof Events, Map<Listener<never>, unknown>>()

  /**
   * Listens from now on.
   * @returns what ends it
   * @example
   * const stop = sfs.on('userEnterRoom', ({ user, room }) => show(`${user.name} came into ${room.name}`))
   */
  on<N extends keyof Events>(name: N, listener: Listener<Events[N]>): () => void {
    this.addEventListener(name, listener)
    return () => this.off(name, listener)
  }

  /**
   * Listens once.
   * @returns what ends it before
   * @example
   * sfs.once('connectionLost', ({ reason }) => show(`Gone: ${reason}`))
   */
  once<N extends keyof Events>(name: N, listener: Listener<Events[N]>): () => void {
    const off = this.on(name, event => {
      off()
      listener(event)
    })
    return off
  }

  /**
   * The next event of that name. It may never come.
   * @example
   * const { room } = await sfs.next('roomAdd')
   */
  next<N extends keyof Events>(name: N): Promise<Events[N]> {
    return new Promise(resolve => this.once(name, resolve))
  }

  /**
   * Ends what `on` or `addEventListener` began.
   * @example
   * sfs.off('publicMessage', show)
   */
  off<N extends keyof Events>(name: N, listener: Listener<Events[N]>): void {
    this.#listeners.get(name)?.delete(listener)
  }

  /**
   * Listens from now on, as with the stock client.
   * @param scope  what `this` is for the listener
   * @example
   * sfs.addEventListener(SFSEvent.ROOM_JOIN, chat.onRoomJoin, chat)
   */
  addEventListener<N extends keyof Events>(name: N, listener: Listener<Events[N]>, scope?: unknown): void {
    let listeners = this.#listeners.get(name)
    if (listeners === undefined) {
      listeners = new Map()
      this.#listeners.set(name, listeners)
    }
    listeners.set(listener, scope)
  }

  /**
   * Ends it again.
   * @example
   * sfs.removeEventListener(SFSEvent.ROOM_JOIN, chat.onRoomJoin)
   */
  removeEventListener<N extends keyof Events>(name: N, listener: Listener<Events[N]>): void {
    this.off(name, listener)
  }

  /** @internal */
  protected emit<N extends keyof Events>(name: N, event: Events[N]): void {
    const listeners = this.#listeners.get(name)
    if (listeners === undefined || listeners.size === 0) return
    for (const [listener, scope] of [...listeners] as [Listener<Events[N]>, unknown][]) {
      try {
        listener.call(scope, event)
      } catch (error) {
        // As a listener of the browser would: reported, and nobody else is hurt.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
