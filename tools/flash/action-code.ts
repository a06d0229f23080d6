import { ACTION, type Action } from './actions.ts'

/** The kinds of values of a push action. */
const PUSH = {
  null: 2,
  undefined: 3,
  register: 4,
  boolean: 5,
  double: 6,
  integer: 7,
  constant8: 8,
  constant16: 9,
}

const MAX_INTEGER = 2 ** 31
const MAX_JUMP = 32_767
/** What the length of an action, a function or the constant pool is written in. */
export const MAX_UINT16 = 65_535

/** The texts of a script, each once. Actions name them by their number. */
export class ConstantPool {
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(text, number)
    return number
  }

  /** The action that a script begins with. */
  toCode(): Buffer {
    const count = Buffer.alloc(2)
    count.writeUInt16LE(this.#numbers.size)
    const payload = Buffer.concat([count, ...Array.from(this.#numbers.keys(), zeroEnded)])
    if (payload.length > MAX_UINT16) throw new Error('The texts of a script are too long together')
    return actionWith(ACTION.constantPool, payload)
  }
}

/** A place in the code that jumps lead to, which may come later. */
export class Label {
  position: number | undefined = undefined
}

/** Code under construction: of a script, or of one function in it. */
export class ActionCode {
  readonly constants: ConstantPool
  readonly #bytes: number[] = []
  readonly #jumps: { readonly at: number; readonly to: Label }[] = []

  constructor(constants: ConstantPool) {
    this.constants = constants
  }

  /** Actions without anything behind them. */
  do(...actions: Action[]): void {
    this.#bytes.push(...actions)
  }

  /** Bytes that were made elsewhere. */
  append(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte)
  }

  text(text: string): void {
    const number = this.constants.numberOf(text)
    if (number < 256) this.#push(PUSH.constant8, number)
    else this.#push(PUSH.constant16, number & 0xff, number >> 8)
  }

  number(value: number): void {
    if (Number.isInteger(value) && Math.abs(value) < MAX_INTEGER && !Object.is(value, -0)) {
      const bytes = Buffer.alloc(4)
      bytes.writeInt32LE(value)
      this.#push(PUSH.integer, ...bytes)
      return
    }
    // The halves of a double are swapped in this format.
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleLE(value)
    this.#push(PUSH.double, ...bytes.subarray(4), ...bytes.subarray(0, 4))
  }

  boolean(value: boolean): void {
    this.#push(PUSH.boolean, value ? 1 : 0)
  }

  null(): void {
    this.#push(PUSH.null)
  }

  undefined(): void {
    this.#push(PUSH.undefined)
  }

  /** Puts the value of a register on the stack. */
  register(number: number): void {
    this.#push(PUSH.register, number)
  }

  /** Keeps the top of the stack in a register; it stays on the stack. */
  store(register: number): void {
    this.append(actionWith(ACTION.storeRegister, Uint8Array.of(register)))
  }

  jump(to: Label): void {
    this.#branch(ACTION.jump, to)
  }

  /** Jumps if the top of the stack is true, and takes it off. */
  jumpIf(to: Label): void {
    this.#branch(ACTION.if, to)
  }

  jumpUnless(to: Label): void {
    this.do(ACTION.not)
    this.jumpIf(to)
  }

  mark(label: Label): void {
    label.position = this.#bytes.length
  }

  /** @throws Error for a jump that leads nowhere, or too far */
  toBytes(): Buffer {
    const bytes = Buffer.from(this.#bytes)
    for (const { at, to } of this.#jumps) {
      if (to.position === undefined) throw new Error('A jump leads nowhere')
      const distance = to.position - (at + 2)
      if (Math.abs(distance) > MAX_JUMP) throw new Error('A jump leads too far: make the function shorter')
      bytes.writeInt16LE(distance, at)
    }
    return bytes
  }

  #branch(action: Action, to: Label): void {
    this.append(actionWith(action, new Uint8Array(2)))
    this.#jumps.push({ at: this.#bytes.length - 2, to })
  }

  #push(...payload: number[]): void {
    this.append(actionWith(ACTION.push, Uint8Array.from(payload)))
  }
}

/** An action with something behind it, whose length it says. */
export function actionWith(action: Action, payload: Uint8Array): Buffer {
  const head = Buffer.from([action, payload.length & 0xff, payload.length >> 8])
  return Buffer.concat([head, payload])
}

/** A text as it stands in code: UTF-8 and a zero byte. */
export function zeroEnded(text: string): Buffer {
  return Buffer.from(`${text}\0`)
}
