import type { Request, RequestFields } from '@warren/codec'
import { RequestError } from '../errors.ts'
import type { DatagramCall } from '../session/datagrams.ts'
import type { UserHandler } from './context.ts'

/** A call and the way that it came. */
export type ExtensionCallFields = RequestFields<'CallExtension'> & { readonly overUdp?: boolean }

/** The parameter that tells an extension the packet number of a datagram, by the name that stock extensions know. */
const DATAGRAM_NUMBER = '$FS_REQUEST_UDP_TIMESTAMP'

/** The request that a datagram is [P-9.3]. */
export function requestOfDatagram({ fields, packetId }: DatagramCall): Request {
  fields.params.putLong(DATAGRAM_NUMBER, packetId)
  const call: ExtensionCallFields = { ...fields, overUdp: true }
  return { name: 'CallExtension', fields: call }
}

/** [P-4.2] A room without its own command is no place to call it. */
export const callExtension: UserHandler<'CallExtension'> = (
  fields: ExtensionCallFields,
  { user, zone, session },
  services,
) => {
  if (!user.mayCallExtensions) throw new RequestError('request-denied')
  const room = fields.roomId < 0 ? undefined : zone.room(fields.roomId)
  if (fields.roomId >= 0 && (room === undefined || !room.has(user))) throw new RequestError('room-not-joined')
  const handler = services.extensions.find(zone.name, fields.command)
  if (handler === undefined) throw new RequestError('command-unknown')
  const answered = handler({
    command: fields.command,
    params: fields.params,
    user,
    zone,
    room,
    overUdp: fields.overUdp === true,
    answer: (params, command = fields.command, { udp = false } = {}) =>
      zone.emit({ type: 'extension-message', recipients: [user], command, params, room, udp }),
  })
  if (answered instanceof Promise) {
    answered.catch(error => services.onFault(`The command ${fields.command} failed`, error, session))
  }
  return undefined
}
