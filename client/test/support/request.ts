import { type RequestFields, type RequestName, requests } from '@warren/codec'
import { type Outgoing, outgoing } from '../../src/requests/outgoing.ts'

/** A request by its name. */
export function request<N extends RequestName>(name: N, fields: RequestFields<N>): Outgoing {
  return outgoing(requests, name, fields as never)
}
