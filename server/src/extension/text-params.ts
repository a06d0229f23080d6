import { SFSObject } from '@warren/codec'
import { type Body, type Fields, Shape } from '@warren/codec/schema'

/**
 * Params that came as texts, in the types that the extension declares for them: numbers and booleans as they are
 * written, everything that has parts as JSON. What cannot be had from its text stays one, for the schema to refuse.
 */
export function typedParams(params: SFSObject, body: Body | undefined): SFSObject {
  if (body === undefined || body instanceof Shape) return params
  const typed = new SFSObject()
  const fields: Fields = body
  for (const name of params.keys()) {
    const value = params.getValue(name)
    if (value === undefined) continue
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined
    const better = shape instanceof Shape && typeof value.value === 'string' && typedText(value.value, shape)
    typed.put(name, better || value)
  }
  return typed
}

function typedText(text: string, shape: Shape<unknown, unknown>) {
  for (const read of [(given: string): unknown => given, JSON.parse]) {
    try {
      return shape.write(shape.fromJson(read(text), ''), '')
    } catch {
      // Not so: the next way, or the schema says what is wrong.
    }
  }
  return undefined
}
