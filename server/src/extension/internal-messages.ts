import type { Room } from '../domain/room.ts'

/** Another extension: that of the same zone, by name, or that of a room. */
export type InternalTarget = string | { readonly name: string; readonly room: Room }

/** Answers a message of another extension. */
export type InternalHandler = (payload: unknown, from: string) => unknown

/** Messages between extensions of one zone. Values are passed as they are, without a copy. */
export interface InternalMessages {
  /** Answers messages on a topic. @throws Error when the topic is answered already */
  on(topic: string, handler: InternalHandler): void
  /**
   * Asks another extension.
   * @returns what its handler returns
   * @throws Error when there is no such extension or it does not answer to the topic; what its handler throws
   */
  ask(target: InternalTarget, topic: string, payload?: unknown): Promise<unknown>
}
