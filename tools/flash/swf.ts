/** Lengths in a movie are in twentieths of a pixel. */
const TWIPS = 20

const TAG = { end: 0, showFrame: 1, backgroundColor: 9, doAction: 12, frameLabel: 43, fileAttributes: 69 }

/** A tag whose length is not below this says it in four bytes more. */
const LONG_TAG = 63
/** The first version whose movies say what they may do. */
const VERSION_WITH_ATTRIBUTES = 8
const USES_NETWORK = 1

/** One step of the timeline. */
export interface Frame {
  /** What `gotoAndStop` finds it by. */
  readonly label?: string | undefined
  /** What happens when it is entered; see `compileScript`. */
  readonly script: Uint8Array
}

/** A movie without pictures: its scripts draw. */
export interface Movie {
  /** 5 to 8; from 7 on names are told apart by case. */
  readonly version: number
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  /** Red, green and blue. */
  readonly background: readonly [number, number, number]
  readonly frames: readonly Frame[]
}

/**
 * Writes a movie file. It is not compressed: the same movie has the same bytes on every machine.
 * @returns the bytes of a `.swf` file
 */
export function writeSwf(movie: Movie): Buffer {
  const { version, framesPerSecond, frames } = movie
  const body = Buffer.concat([
    stage(movie),
    // The rate has its fraction first.
    Buffer.from([0, framesPerSecond, frames.length & 0xff, frames.length >> 8]),
    ...(version < VERSION_WITH_ATTRIBUTES ? [] : [tag(TAG.fileAttributes, [USES_NETWORK, 0, 0, 0])]),
    tag(TAG.backgroundColor, movie.background),
    ...frames.flatMap(frameTags),
    tag(TAG.end, []),
  ])
  const head = Buffer.from([0x46, 0x57, 0x53, version, 0, 0, 0, 0])
  head.writeUInt32LE(head.length + body.length, 4)
  return Buffer.concat([head, body])
}

function frameTags({ label, script }: Frame): Buffer[] {
  return [
    ...(label === undefined ? [] : [tag(TAG.frameLabel, Buffer.from(`${label}\0`))]),
    tag(TAG.doAction, script),
    tag(TAG.showFrame, []),
  ]
}

function tag(code: number, data: ArrayLike<number>): Buffer {
  const isLong = data.length >= LONG_TAG
  const head = Buffer.alloc(isLong ? 6 : 2)
  head.writeUInt16LE((code << 6) | (isLong ? LONG_TAG : data.length))
  if (isLong) head.writeUInt32LE(data.length, 2)
  return Buffer.concat([head, Uint8Array.from(data)])
}

/** The rectangle of the stage: five bits say how many bits each of its four numbers has. */
function stage({ width, height }: Movie): Buffer {
  const [right, bottom] = [width * TWIPS, height * TWIPS]
  const size = 1 + Math.max(right, bottom).toString(2).length
  const numbers = [0, right, 0, bottom].map(number => number.toString(2).padStart(size, '0'))
  const bits = size.toString(2).padStart(5, '0') + numbers.join('')
  const bytes = bits.match(/.{1,8}/g) ?? []
  return Buffer.from(bytes.map(byte => Number.parseInt(byte.padEnd(8, '0'), 2)))
}
