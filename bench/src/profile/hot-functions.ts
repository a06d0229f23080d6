/** Where a function stands, as profiles of V8 say it. */
export interface CallFrame {
  readonly functionName: string
  readonly url: string
  /** From 0. */
  readonly lineNumber: number
}

/** As much of a CPU profile of V8 as is read here. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[]
  /** Ids of nodes, and the microseconds since the sample before. */
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** As much of a profile of allocations of V8 as is read here. */
export interface HeapProfile {
  readonly head: HeapNode
}

interface HeapNode {
  readonly callFrame: CallFrame
  /** Bytes that were allocated here. */
  readonly selfSize: number
  readonly children: readonly HeapNode[]
}

/** A function, and what was spent in it itself, without what it calls. */
export interface HotFunction {
  readonly name: string
  readonly place: string
  /** Microseconds, or bytes. */
  readonly self: number
  /** Of all that was recorded. */
  readonly share: number
}

/** The functions in which most of the CPU time was spent; idleness is left out. */
export function hotByTime({ nodes, samples, timeDeltas }: CpuProfile): readonly HotFunction[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const spent = new Spending()
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id)
    if (frame !== undefined && frame.functionName !== '(idle)') spent.add(frame, timeDeltas[index] ?? 0)
  }
  return spent.ranked()
}

/** The functions in which most bytes were allocated. */
export function hotByBytes({ head }: HeapProfile): readonly HotFunction[] {
  const spent = new Spending()
  const left = [head]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    spent.add(node.callFrame, node.selfSize)
    left.push(...node.children)
  }
  return spent.ranked()
}

/** The recording itself is no part of the server. */
const RECORDER = 'node:inspector'

class Spending {
  readonly #byPlace = new Map<string, { name: string; place: string; self: number }>()
  #total = 0

  add({ functionName, url, lineNumber }: CallFrame, amount: number): void {
    if (url === RECORDER) return
    const place = placeOf(url, lineNumber)
    const name = functionName === '' ? '(anonymous)' : functionName
    const key = `${name} ${place}`
    const entry = this.#byPlace.get(key) ?? { name, place, self: 0 }
    entry.self += amount
    this.#total += amount
    this.#byPlace.set(key, entry)
  }

  ranked(): readonly HotFunction[] {
    return [...this.#byPlace.values()]
      .filter(({ self }) => self > 0)
      .sort((a, b) => b.self - a.self)
      .map(entry => ({ ...entry, share: entry.self / this.#total }))
  }
}

/** The path from the package on, and the line from 1. */
function placeOf(url: string, line: number): string {
  if (url === '') return ''
  const path = url.replace(/^file:\/\//, '').replace(/^.*\/node_modules\/(?!@warren\/)/, '')
  const short = /(?:^|\/)((?:server|codec|client|bench|cli)\/src\/.*)$/.exec(path)?.[1] ?? path
  return `${short}:${line + 1}`
}
