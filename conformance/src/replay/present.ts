import { decodeObject, encodeRequest, framePacket, readPacket } from '@warren/codec'
import type { Identities } from './identities.ts'
import type { Scenario } from './scenarios.ts'
import type { Stage } from './stage.ts'
import { toTyped } from './typed.ts'

/** More than a packet may hold. */
const MAX_BODY = 16 * 1024 * 1024

/** Logs in users whom the recording found there, and takes their recorded ids for theirs. */
export async function logInThosePresent(
  users: NonNullable<Scenario['present']>,
  stage: Stage,
  ids: Identities,
): Promise<void> {
  for (const { userId, zone, name, room } of users) {
    const line = stage.connect('tcp', {
      onPacket: packet => {
        const envelope = decodeObject(readPacket(packet, { maxBodyBytes: MAX_BODY }).body)
        const { id } = toTyped(envelope.getSFSObject('p'))
        if (id !== undefined) ids.bind('user', userId, Number(id.v))
      },
      onClosed: () => undefined,
    })
    line.send(framePacket(encodeRequest('Handshake', { apiVersion: '1.8.0', clientType: 'Java' })))
    line.send(framePacket(encodeRequest('Login', { zoneName: zone, userName: name, password: '' })))
    if (room !== undefined) line.send(framePacket(encodeRequest('JoinRoom', { roomName: room })))
    await stage.settle()
  }
}
