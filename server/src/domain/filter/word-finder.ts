import type { Word } from './patterns.ts'

/** Told of each place where a word stands; of words that end at the same place, the longest only. */
export type FoundWord = (start: number, end: number) => void

/** One unit, by upper case and back, so that the two small sigmas are the same; what would change in length stays. */
function foldUnit(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
  const upper = String.fromCharCode(unit).toUpperCase()
  const folded = (upper.length === 1 ? upper : String.fromCharCode(unit)).toLowerCase()
  return folded.length === 1 ? folded.charCodeAt(0) : unit
}

const sameUnit = (unit: number): number => unit

/** Text without the difference of upper and lower case, of the same length. */
export function foldCase(text: string): string {
  let folded = ''
  for (let i = 0; i < text.length; i++) folded += String.fromCharCode(foldUnit(text.charCodeAt(i)))
  return folded
}

/** An automaton of Aho and Corasick: all words at once, one step for each unit of the text. */
class Automaton {
  readonly #fold: (unit: number) => number
  /** Node reached from a node by a unit, under `node * 65536 + unit`; node 0 is the start. */
  readonly #next = new Map<number, number>()
  /** Node of the longest proper ending of a node that is a beginning of a word. */
  readonly #fallback: number[] = [0]
  /** Length of the longest word that ends at a node; 0 for none. */
  readonly #longest: number[] = [0]

  constructor(words: readonly string[], fold: (unit: number) => number) {
    this.#fold = fold
    /** Node, unit and child in the order of depth, because a fallback is always less deep. */
    const levels: [node: number, unit: number, child: number][][] = []
    for (const word of words) {
      let node = 0
      for (let i = 0; i < word.length; i++) {
        const unit = fold(word.charCodeAt(i))
        let child = this.#next.get(node * 0x10000 + unit)
        if (child === undefined) {
          child = this.#longest.length
          this.#next.set(node * 0x10000 + unit, child)
          this.#longest.push(0)
          this.#fallback.push(0)
          const level = levels[i]
          if (level) level.push([node, unit, child])
          else levels[i] = [[node, unit, child]]
        }
        node = child
      }
      this.#longest[node] = word.length
    }
    for (const [node, unit, child] of levels.flat()) {
      const fallback = node === 0 ? 0 : this.#step(this.#fallback[node] ?? 0, unit)
      this.#fallback[child] = fallback
      this.#longest[child] ||= this.#longest[fallback] ?? 0
    }
  }

  #step(from: number, unit: number): number {
    let node = from
    for (;;) {
      const next = this.#next.get(node * 0x10000 + unit)
      if (next !== undefined) return next
      if (node === 0) return 0
      node = this.#fallback[node] ?? 0
    }
  }

  find(text: string, found: FoundWord): void {
    let node = 0
    for (let i = 0; i < text.length; i++) {
      node = this.#step(node, this.#fold(text.charCodeAt(i)))
      const length = this.#longest[node] ?? 0
      if (length > 0) found(i + 1 - length, i + 1)
    }
  }
}

/** Finds words in a text, inside other words too, in time linear in the text however many words there are. */
export class WordFinder {
  readonly #automata: readonly Automaton[]

  constructor(words: readonly Word[]) {
    const exact = words.filter(word => !word.ignoreCase).map(word => word.text)
    const folded = words.filter(word => word.ignoreCase).map(word => word.text)
    this.#automata = [
      ...(exact.length > 0 ? [new Automaton(exact, sameUnit)] : []),
      ...(folded.length > 0 ? [new Automaton(folded, foldUnit)] : []),
    ]
  }

  find(text: string, found: FoundWord): void {
    for (const automaton of this.#automata) automaton.find(text, found)
  }
}
