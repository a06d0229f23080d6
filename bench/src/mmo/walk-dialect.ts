import type { Line, ReadBuffer } from '../generator/line.ts'
import type { OnSight } from './proximity-reader.ts'

/** A user in the room. */
export interface WalkUser {
  readonly line: Line
  /** What others are told of him by. */
  readonly id: number
}

/** What users of one kind of server say and hear. */
export interface WalkDialect {
  /** Whether it can be read who comes and who goes. */
  readonly tells: boolean
  /** Connects, logs in and joins. */
  enter(buffer: ReadBuffer): Promise<WalkUser>
  /** What a user says of a step, as it is written to the line. */
  moveFrame(x: number, y: number): Uint8Array
  /** Reads a frame that the server sent. */
  read(bytes: Uint8Array, start: number, end: number, kind: number, onSight: OnSight): void
}

/** Places that no walk leads to: where they are found in a frame, real ones are written. */
const X_MARK = 0x1ace1d42
const Y_MARK = 0x2bad5ca7

/**
 * Makes frames of which only the two numbers change, without encoding each anew.
 * @param frameOf  encodes one; each number stands in it once at least, as 32 bits
 */
export function stampedFrame(frameOf: (x: number, y: number) => Uint8Array) {
  const template = frameOf(X_MARK, Y_MARK)
  const view = new DataView(template.buffer, template.byteOffset, template.byteLength)
  const placesOf = (mark: number) =>
    Array.from({ length: template.length - 3 }, (_, at) => at).filter(at => view.getInt32(at) === mark)
  const xs = placesOf(X_MARK)
  const ys = placesOf(Y_MARK)
  if (xs.length === 0 || ys.length === 0) throw new Error('the numbers are not where they should be')
  return (x: number, y: number): Uint8Array => {
    const frame = Buffer.allocUnsafe(template.length)
    frame.set(template)
    for (const at of xs) frame.writeInt32BE(x, at)
    for (const at of ys) frame.writeInt32BE(y, at)
    return frame
  }
}
