import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** One bit a pixel, each the number of a colour. */
const [BIT_DEPTH, INDEXED] = [1, 3]
/** Two colours: nothing, and black. */
const COLOURS = Buffer.from('000000000000', 'hex')
const OPACITIES = Buffer.from('00ff', 'hex')

/** A picture that is black where the mask is set, and transparent elsewhere. */
export function encodePng(mask: {
  width: number
  height: number
  has(x: number, y: number): boolean
}): Buffer {
  const { width, height } = mask
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([BIT_DEPTH, INDEXED], 8)
  // Each row has a byte in front, which says that the row is as it is.
  const stride = 1 + Math.ceil(width / 8)
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!mask.has(x, y)) continue
      const at = y * stride + 1 + (x >> 3)
      rows.writeUInt8(rows.readUInt8(at) | (0x80 >> (x & 7)), at)
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', COLOURS),
    chunk('tRNS', OPACITIES),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
