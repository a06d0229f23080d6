import { withWriter } from '../writer.ts'
import { encodeServerMessage } from './encode-message.ts'
import { EncodedRow } from './encoded-row.ts'
import { type ItemRow, itemRow } from './item-rows.ts'
import { type UserRow, userRow } from './rows.ts'
import type { ServerFields } from './server-messages.ts'
import type { ShapeData } from './shape.ts'
import { writeShape } from './write-shape.ts'

type Fields = ServerFields<'ProximityUpdate'>

/** A proximity update whose rows are encoded. */
export interface ProximityUpdate extends Omit<Fields, 'addedUsers' | 'addedItems'> {
  readonly addedUsers?: readonly EncodedRow[]
  readonly addedItems?: readonly EncodedRow[]
}

/** A user as it stands in the updates of all who see it come [P-6.13.2]. Throws as `encodeServerMessage` does. */
export function encodeUserRow(row: UserRow): EncodedRow {
  return encodeRow(userRow, row)
}

/** The same of an item. */
export function encodeItemRow(row: ItemRow): EncodedRow {
  return encodeRow(itemRow, row)
}

/** The body of a proximity update, byte for byte as `encodeServerMessage` makes it of the rows themselves. */
export function encodeProximityUpdate(update: ProximityUpdate): Uint8Array {
  // Where rows are written encoded ones are taken; only here are the types told of it.
  return encodeServerMessage('ProximityUpdate', update as unknown as Fields)
}

function encodeRow(shape: ShapeData, row: UserRow | ItemRow): EncodedRow {
  return new EncodedRow(withWriter(writer => writeShape(writer, shape, row), undefined))
}
