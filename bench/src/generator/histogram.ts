const SUB_BITS = 7
const SUB_COUNT = 1 << SUB_BITS
const MAX_VALUE = 0x7fffffff

/** A histogram as plain data: pairs of a bucket and its count, one after the other, and the largest value. */
export interface HistogramData {
  readonly counts: readonly number[]
  readonly max: number
}

/** Counts of whole numbers from 0 to 2^31 - 1 with a relative error below 1 %, in the manner of an HDR histogram. */
export class Histogram {
  readonly #counts = new Uint32Array((31 - SUB_BITS + 1) * SUB_COUNT)
  #total = 0
  #max = 0

  get total(): number {
    return this.#total
  }

  get max(): number {
    return this.#max
  }

  record(value: number): void {
    const v = value < 0 ? 0 : value > MAX_VALUE ? MAX_VALUE : value | 0
    const i = indexOf(v)
    this.#counts[i] = (this.#counts[i] as number) + 1
    this.#total++
    if (v > this.#max) this.#max = v
  }

  /** @returns the value below or at which the share `p` (0 .. 1) of all values lies; 0 when nothing was recorded. */
  percentile(p: number): number {
    const target = Math.max(1, Math.ceil(p * this.#total))
    let seen = 0
    for (let i = 0; i < this.#counts.length; i++) {
      seen += this.#counts[i] as number
      if (seen >= target) return Math.min(highestOf(i), this.#max)
    }
    return 0
  }

  /** The average of all values; 0 when nothing was recorded. */
  get mean(): number {
    let sum = 0
    for (let i = 0; i < this.#counts.length; i++) sum += (this.#counts[i] as number) * highestOf(i)
    return this.#total === 0 ? 0 : Math.min(sum / this.#total, this.#max)
  }

  /** Takes in what another one, perhaps of another process, has recorded. */
  merge({ counts, max }: HistogramData): void {
    for (let i = 0; i < counts.length; i += 2) {
      const bucket = counts[i] ?? 0
      const count = counts[i + 1] ?? 0
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count
      this.#total += count
    }
    if (max > this.#max) this.#max = max
  }

  /** For another process, or for a file. */
  toData(): HistogramData {
    const counts: number[] = []
    for (let i = 0; i < this.#counts.length; i++) {
      const count = this.#counts[i] as number
      if (count > 0) counts.push(i, count)
    }
    return { counts, max: this.#max }
  }

  clear(): void {
    this.#counts.fill(0)
    this.#total = 0
    this.#max = 0
  }
}

function indexOf(value: number): number {
  if (value < SUB_COUNT) return value
  const shift = 31 - Math.clz32(value) - SUB_BITS
  return (shift + 1) * SUB_COUNT + ((value >>> shift) - SUB_COUNT)
}

function highestOf(index: number): number {
  if (index < SUB_COUNT) return index
  const shift = Math.floor(index / SUB_COUNT) - 1
  return ((index % SUB_COUNT) + SUB_COUNT + 1) * 2 ** shift - 1
}
