import type { TypedObject } from './typed.ts'

/**
 * Where a trace shows a difference.
 * - `missing`: the recorded server sent the event of this step, this one does not;
 * - `extra`: this server sends the client one more event after this step was carried out;
 * - `changed`: the event of this step has other values here; `params` replace those of the recording.
 */
export type Occurrence =
  | { readonly kind: 'missing'; readonly trace: string; readonly step: number }
  | {
      readonly kind: 'extra'
      readonly trace: string
      readonly step: number
      readonly client: string
      readonly action: number
      readonly params: TypedObject
    }
  | { readonly kind: 'changed'; readonly trace: string; readonly step: number; readonly params: TypedObject }

/** A deliberate difference from the stock server. */
export interface Difference {
  /** Its anchor in docs/compatibility.md. Never changes. */
  readonly anchor: string
  /** Whether the server behaves so today, or the part it belongs to is still to come. */
  readonly status: 'built' | 'planned'
  /** The traces that show it; none if no trace reaches it. */
  readonly occurrences: readonly Occurrence[]
}

const built = (anchor: string, ...occurrences: Occurrence[]): Difference => ({ anchor, status: 'built', occurrences })
const planned = (anchor: string): Difference => ({ anchor, status: 'planned', occurrences: [] })

/** Every deliberate difference. docs/compatibility.md gives the reason of each under the same anchor. */
export const DIFFERENCES: readonly Difference[] = [
  built('login-needs-handshake'),
  built('joins-are-queued'),
  planned('one-event-for-buddies'),
]
