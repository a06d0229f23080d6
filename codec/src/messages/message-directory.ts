import type { SFSObject } from '../sfs-values.ts'
import * as Code from '../type-codes.ts'
import * as Controller from './controllers.ts'
import { GENERIC_ACTION, type MessageData, type MessageTable } from './message.ts'
import { ShapeProblem } from './read-shape.ts'

/** A message that was found. */
export interface DirectoryEntry {
  readonly name: string
  readonly message: MessageData
}

/** Actions are SHORTs, so these keys are nobody's action. */
const EXTENSION_KEY = 1 << 16
const SUBTYPE_KEY = 1 << 17

/** Messages of the system controller by action; those of action 7 by sub-type; the one of the extension controller. */
export class MessageDirectory {
  readonly #entries = new Map<number, DirectoryEntry>()

  add(table: MessageTable): void {
    for (const [name, message] of Object.entries(table)) {
      const { controller, action, when } = message
      const key = when === undefined ? action : SUBTYPE_KEY + when.t
      this.#entries.set(controller === Controller.EXTENSION ? EXTENSION_KEY : key, { name, message })
    }
  }

  /** The message with these ids, if it is known. Of extensions there is one, whatever the action [P-4.2]. */
  find(controller: number, action: number, params: SFSObject): DirectoryEntry | ShapeProblem | undefined {
    const plain = this.#entries.get(controller === Controller.EXTENSION ? EXTENSION_KEY : action)
    if (plain !== undefined || action !== GENERIC_ACTION) return plain
    const slot = params.slotOf('t')
    if (slot < 0) return new ShapeProblem('missing-key', 'p.t', 'the key is required')
    if (params.types[slot] !== Code.BYTE) return new ShapeProblem('wrong-type', 'p.t', 'BYTE is expected')
    const t = params.values[slot] as number
    return (
      this.#entries.get(SUBTYPE_KEY + t) ?? new ShapeProblem('bad-value', 'p.t', `sub-type ${t} is not known`)
    )
  }
}
