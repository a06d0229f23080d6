import { type Field, field, type Shape, shapes } from './shape.ts'

const of =
  <T>(shape: Shape<T>) =>
  (key: string): Field<T, false> =>
    field(shape, key)

/** Required fields of the plain shapes: `int('i')`. */
export const bool = of(shapes.bool)
export const byte = of(shapes.byte)
export const short = of(shapes.short)
export const int = of(shapes.int)
export const long = of(shapes.long)
export const utfString = of(shapes.utfString)
export const intArray = of(shapes.intArray)
export const utfStringArray = of(shapes.utfStringArray)
export const sfsObject = of(shapes.sfsObject)
