import { withWriter } from '../writer.ts'
import { type Plan, planOf, writeRequest, writeServerMessage } from './envelope.ts'
import type { MessageData } from './message.ts'
import { type RequestFields, type RequestName, requests } from './requests.ts'
import { type ServerFields, type ServerMessageName, serverMessages } from './server-messages.ts'
import { field, shapes } from './shape.ts'

type Source = { readonly [name: string]: unknown }

/** Plans of a table, each made when it is first used. */
class Plans {
  readonly #table: { readonly [name: string]: MessageData }
  readonly #plans = new Map<string, Plan>()

  constructor(table: { readonly [name: string]: MessageData }) {
    this.#table = table
  }

  of(name: string): Plan {
    let plan = this.#plans.get(name)
    if (plan === undefined) {
      plan = planOf(this.#table[name] as MessageData)
      this.#plans.set(name, plan)
    }
    return plan
  }
}

const requestPlans = /* @__PURE__ */ new Plans(requests)
const serverPlans = /* @__PURE__ */ new Plans(serverMessages)

const failureFields = {
  args: field(shapes.utfStringArray, 'ep'),
  code: field(shapes.short, 'ec'),
}

/**
 * The body of a request, as a client writes it. Throws `SFSValueError` naming a field that is missing or
 * does not fit, `CodecError` for strings and lists that are too long.
 */
export function encodeRequest<N extends RequestName>(name: N, fields: RequestFields<N>): Uint8Array {
  return withWriter(writeRequest, { plan: requestPlans.of(name), fields: fields as Source })
}

/**
 * The body of a response or event, as the server writes it; frame it with `encodePacket`. Throws
 * `SFSValueError` naming a field that is missing or does not fit, `CodecError` for strings and lists that
 * are too long.
 */
export function encodeServerMessage<N extends ServerMessageName>(
  name: N,
  fields: ServerFields<N>,
): Uint8Array {
  return withWriter(writeServerMessage, { plan: serverPlans.of(name), fields: fields as Source })
}

/** The body of the failure reply to an action: error code and the arguments of its text [P-4.5.1]. */
export function encodeFailure(
  action: number,
  code: number,
  args: readonly string[] = [],
  controller = 0,
): Uint8Array {
  const plan = planOf({ controller, action, fields: failureFields })
  return withWriter(writeServerMessage, { plan, fields: { args, code } })
}
