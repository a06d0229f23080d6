import { designedMessages } from './designed-messages.ts'
import { designedRequests } from './designed-requests.ts'
import type { Es3Problem } from './errors.ts'
import { markupMender } from './markup.ts'
import { foundMessages } from './messages.ts'
import type { PacketOf, PacketTable } from './packet-shape.ts'
import { elementNames } from './plan.ts'
import { PacketReader } from './read-packet.ts'
import { DEFAULT_ES3_LIMITS, type Es3Limits } from './read-xml.ts'
import { foundRequests } from './requests.ts'
import { writePacket } from './write-packet.ts'

/** Every request by name: those that were found and those of our design. */
export const es3Requests = { ...foundRequests, ...designedRequests } as const

/** Every message of the server by name: those that were found and those of our design. */
export const es3Messages = { ...foundMessages, ...designedMessages } as const

/** A request of a client: a union told apart by `name`. */
export type Es3Request = PacketOf<typeof es3Requests>

/** Name of a request. */
export type Es3RequestName = Es3Request['name']

/** Fields of a request. */
export type Es3RequestFields<N extends Es3RequestName> = Extract<Es3Request, { name: N }>['fields']

/** A message of the server: a union told apart by `name`. */
export type Es3Message = PacketOf<typeof es3Messages>

/** Name of a message of the server. */
export type Es3MessageName = Es3Message['name']

/** Fields of a message of the server. */
export type Es3MessageFields<N extends Es3MessageName> = Extract<Es3Message, { name: N }>['fields']

const requestReader = /* @__PURE__ */ new PacketReader(es3Requests)
const messageReader = /* @__PURE__ */ new PacketReader(es3Messages)
const mend = /* @__PURE__ */ markupMender(elementNames(Object.values(es3Requests)))

/**
 * Reads what a client sent, as lenient as old movies need it: names may hold a bare `&` or `<`, elements may stand in
 * any order and in other case, what has a default may be missing.
 * @param frame   without its zero byte, bounded in size by who cut it out
 * @param limits  checked while it is read
 * @example
 * const request = readRequest('<XmlDoc><Action>GetServerTime</Action><Parameters/></XmlDoc>')
 * if ('problem' in request) log(request.detail)
 * else if (request.name === 'Login') logIn(request.fields.userName)
 */
export function readRequest(frame: string, limits: Es3Limits = DEFAULT_ES3_LIMITS): Es3Request | Es3Problem {
  return requestReader.read(mend(frame), limits) as Es3Request | Es3Problem
}

/**
 * The text of a message, as the ActionScript class can read it: no blank between elements, case and order as it wants
 * them. Characters that XML forbids become U+FFFD.
 * @returns the text without the zero byte, see {@link encodeFrame}
 * @example
 * renderMessage({ name: 'ServerTime', fields: { millis: Date.now() } })
 */
export function renderMessage(message: Es3Message): string {
  return writePacket((es3Messages as PacketTable)[message.name] as PacketTable[string], message.fields)
}

/**
 * The text of a request, as the ActionScript class writes it; a `&` or `<` in a name, which the class leaves as it is,
 * is escaped.
 * @returns the text without the zero byte, see {@link encodeFrame}
 * @example
 * renderRequest({ name: 'GetRoomsInZone', fields: { zone: 'Default' } })
 */
export function renderRequest(request: Es3Request): string {
  return writePacket((es3Requests as PacketTable)[request.name] as PacketTable[string], request.fields)
}

/** Reads what a server sent. What has a default may be missing. */
export function readMessage(frame: string, limits: Es3Limits = DEFAULT_ES3_LIMITS): Es3Message | Es3Problem {
  return messageReader.read(frame, limits) as Es3Message | Es3Problem
}
