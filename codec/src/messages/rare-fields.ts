import { field, shapes } from './shape.ts'

// Required fields of plain shapes that few messages have.
export const double = (key: string) => field(shapes.double, key)
export const byteArray = (key: string) => field(shapes.byteArray, key)
export const vector = (key: string) => field(shapes.vector, key)
