/** The form field that holds a request, and what is between its parts [P-10.1]. */
const FIELD = 'sfsHttp='
const SEPARATOR = '|'
/** A part that is not there. */
const NONE = 'null'

/** Longer than everything of a request but its data, in bytes, however it is percent-encoded. */
export const HEAD_BYTES = 512

/** What a body of the tunnel asks for. */
export type TunnelRequest =
  | { readonly type: 'connect' }
  | { readonly type: 'poll' | 'disconnect'; readonly id: string }
  | { readonly type: 'data'; readonly id: string; readonly bytes: Uint8Array }
  /** Nothing: there is no command. */
  | { readonly type: 'nothing' }
  /** It makes no sense. */
  | { readonly type: 'senseless'; readonly detail: string }

/** Reads a whole body [P-10.1]. @param body  as it came, percent-encoded */
export function readTunnelRequest(body: string): TunnelRequest {
  const value = fieldOf(body)
  if (value === undefined) return senseless('The field sfsHttp is missing or cannot be read')
  if (!value.includes(SEPARATOR)) return { type: 'nothing' }
  const [id = '', command, ...rest] = value.split(SEPARATOR, 4)
  switch (command) {
    case 'connect':
      return id === NONE || id === '' ? { type: 'connect' } : senseless('A tunnel was asked to connect')
    case 'poll':
    case 'disconnect':
      return { type: command, id }
    case 'data': {
      const bytes = rest.length === 1 ? readBase64(rest[0] ?? '') : undefined
      return bytes === undefined ? senseless('The data is not base64') : { type: 'data', id, bytes }
    }
    default:
      return senseless('The command is unknown')
  }
}

/** The id of a data request by the first bytes of its body; nothing when it is none. */
export function idOfLongRequest(head: string): string | undefined {
  return /^sfsHttp=(\w{1,64})(?:\||%7c)data(?:\||%7c)/i.exec(head)?.[1]
}

function senseless(detail: string): TunnelRequest {
  return { type: 'senseless', detail }
}

/** The decoded value of the field. */
function fieldOf(body: string): string | undefined {
  let start = 0
  while (!body.startsWith(FIELD, start)) {
    start = body.indexOf('&', start) + 1
    if (start === 0) return undefined
  }
  start += FIELD.length
  const end = body.indexOf('&', start)
  try {
    return decodeURIComponent(body.slice(start, end < 0 ? undefined : end))
  } catch {
    return undefined
  }
}

/**
 * Some clients leave a plus sign as it is, which form data reads as a space, and some break lines.
 * @returns nothing for what is not base64, or is empty
 */
function readBase64(text: string): Uint8Array | undefined {
  const clean = /[\s]/.test(text) ? text.replaceAll(' ', '+').replaceAll(/[\r\n]/g, '') : text
  if (clean === NONE || clean === '' || clean.length % 4 !== 0) return undefined
  return /^[A-Za-z0-9+/]*={0,2}$/.test(clean) ? Buffer.from(clean, 'base64') : undefined
}
