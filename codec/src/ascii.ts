/** Up to this many bytes the functions here are faster than the platform's decoder. */
export const ASCII_MAX = 24

const { fromCharCode } = String

/** The string of up to {@link ASCII_MAX} ASCII bytes; `undefined` when there are others among them. */
export function asciiText(b: Uint8Array, at: number, length: number): string | undefined {
  if (length > 8) return longer(b, at, length)
  if (length < 4) return upToThree(b, at, length)
  const c0 = b[at] as number
  const c1 = b[at + 1] as number
  const c2 = b[at + 2] as number
  const c3 = b[at + 3] as number
  let all = c0 | c1 | c2 | c3
  if (length === 4) return all < 0x80 ? fromCharCode(c0, c1, c2, c3) : undefined
  const c4 = b[at + 4] as number
  all |= c4
  if (length === 5) return all < 0x80 ? fromCharCode(c0, c1, c2, c3, c4) : undefined
  const c5 = b[at + 5] as number
  all |= c5
  if (length === 6) return all < 0x80 ? fromCharCode(c0, c1, c2, c3, c4, c5) : undefined
  const c6 = b[at + 6] as number
  all |= c6
  if (length === 7) return all < 0x80 ? fromCharCode(c0, c1, c2, c3, c4, c5, c6) : undefined
  const c7 = b[at + 7] as number
  all |= c7
  return all < 0x80 ? fromCharCode(c0, c1, c2, c3, c4, c5, c6, c7) : undefined
}

function upToThree(b: Uint8Array, at: number, length: number): string | undefined {
  if (length === 0) return ''
  const c0 = b[at] as number
  if (length === 1) return c0 < 0x80 ? fromCharCode(c0) : undefined
  const c1 = b[at + 1] as number
  if (length === 2) return (c0 | c1) < 0x80 ? fromCharCode(c0, c1) : undefined
  const c2 = b[at + 2] as number
  return (c0 | c1 | c2) < 0x80 ? fromCharCode(c0, c1, c2) : undefined
}

function longer(b: Uint8Array, at: number, length: number): string | undefined {
  const units = new Array<number>(length)
  let all = 0
  for (let i = 0; i < length; i++) {
    const unit = b[at + i] as number
    units[i] = unit
    all |= unit
  }
  return all < 0x80 ? fromCharCode.apply(null, units) : undefined
}
