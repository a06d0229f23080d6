import type { SFSObject } from '../sfs-values.ts'
import * as Code from '../type-codes.ts'
import { Controller, GENERIC_ACTION, type MessageData, type MessageTable } from './message.ts'
import { ShapeProblem } from './read-shape.ts'

/** A message that was found. */
export interface DirectoryEntry {
  readonly name: string
  readonly message: MessageData
}

/** Messages of the system controller by action; those of action 7 by sub-type; the one of the extension controller. */
export class MessageDirectory {
  readonly #byAction = new Map<number, DirectoryEntry>()
  readonly #bySubtype = new Map<number, DirectoryEntry>()
  #extension: DirectoryEntry | undefined

  add(table: MessageTable): void {
    for (const [name, message] of Object.entries(table)) {
      const entry = { name, message }
      if (message.controller === Controller.EXTENSION) this.#extension = entry
      else if (message.when === undefined) this.#byAction.set(message.action, entry)
      else this.#bySubtype.set(message.when.t, entry)
    }
  }

  /** The message with these ids, if it is known. Of extensions there is one, whatever the action [P-4.2]. */
  find(controller: number, action: number, params: SFSObject): DirectoryEntry | ShapeProblem | undefined {
    const plain = controller === Controller.EXTENSION ? this.#extension : this.#byAction.get(action)
    if (plain !== undefined || action !== GENERIC_ACTION) return plain
    const slot = params.slotOf('t')
    if (slot < 0) return new ShapeProblem('missing-key', 'p.t', 'the key is required')
    if (params.types[slot] !== Code.BYTE) return new ShapeProblem('wrong-type', 'p.t', 'BYTE is expected')
    const t = params.values[slot] as number
    return this.#bySubtype.get(t) ?? new ShapeProblem('bad-value', 'p.t', `sub-type ${t} is not known`)
  }
}
