import assert from 'node:assert/strict'
import { SFSType, type SFSValue } from '../../src/index.ts'
import { type Infer, type InferInput, type Shape, ShapeError } from '../../src/schema/index.ts'

/** A typed value, of any type. */
export const typed = (type: keyof typeof SFSType, value: unknown): SFSValue =>
  ({ type: SFSType[type], value }) as unknown as SFSValue

export const NULL = typed('NULL', null)

/** What a shape gives for a typed value. */
export const read = <S extends Shape<unknown, unknown>>(shape: S, value: SFSValue): Infer<S> =>
  shape.read(value, 'at') as Infer<S>

/** What a shape makes of a plain value, that nobody has checked. */
export const write = (shape: { write(value: never, path: string): SFSValue }, value: unknown): SFSValue =>
  shape.write(value as never, 'at')

/** What comes back of a plain value. */
export const passedOn = <S extends Shape<unknown, unknown>>(shape: S, value: InferInput<S>): Infer<S> =>
  read(shape, shape.write(value, 'at'))

/** The work fails with exactly this message, which starts with the path. */
export function fails(message: string, work: () => unknown): void {
  assert.throws(work, error => {
    assert.ok(error instanceof ShapeError, String(error))
    assert.equal(error.message, message)
    const { path, problem } = error
    assert.equal(path === '' ? problem : `${path} ${problem}`, message)
    return true
  })
}
