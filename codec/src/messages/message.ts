import * as Id from './controllers.ts'
import type { FieldsOf, FieldTable } from './shape.ts'

/** Ids of the two controllers. */
export const Controller = { SYSTEM: Id.SYSTEM, EXTENSION: Id.EXTENSION } as const

/** One request, response or event as data. */
export interface MessageData<F extends FieldTable = FieldTable> {
  /** 0 system, 1 extension. */
  readonly controller: number
  /** Action id. */
  readonly action: number
  /** Sub-type of a generic message: the BYTE value of key `t`. */
  readonly when?: { readonly t: number }
  /** Parameters, in wire order. */
  readonly fields: F
  /** Wire keys in the order in which they are written, where that is not `t` and then the fields. */
  readonly order?: readonly string[]
}

/** Messages by their TypeScript name. */
export type MessageTable = { readonly [name: string]: MessageData }

/** The action of generic messages, which are told apart by their sub-type. */
export const GENERIC_ACTION = 7

/** A message of the system controller. */
export const system = <F extends FieldTable>(action: number, fields: F): MessageData<F> => ({
  controller: Id.SYSTEM,
  action,
  fields,
})

/** A generic message of a sub-type. */
export const generic = <F extends FieldTable>(
  t: number,
  fields: F,
  order?: readonly string[],
): MessageData<F> => ({
  controller: Id.SYSTEM,
  action: GENERIC_ACTION,
  when: { t },
  fields,
  ...(order === undefined ? {} : { order }),
})

/** TypeScript type of a message's fields. */
export type MessageFields<M> = M extends MessageData<infer F> ? FieldsOf<F> : never
