import { type Cipher, framePacket, PacketFlags } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import type { Packet } from './trace.ts'
import type { Typed, TypedObject } from './typed.ts'

/** The envelope as it was sent: its keys in their order, none that was left out. */
export function envelopeOf(packet: Packet, params: TypedObject): TypedObject {
  const { envelope, controller, action, oddParams } = packet
  const values: Readonly<Record<string, Typed | undefined>> = {
    c: controller === undefined ? undefined : { t: 'BYTE', v: controller },
    a: action === undefined ? undefined : { t: 'SHORT', v: action },
    p: oddParams ?? { t: 'SFS_OBJECT', v: params },
  }
  const result: Record<string, Typed> = {}
  for (const key of envelope) {
    const value = values[key]
    if (value !== undefined) result[key] = value
  }
  return result
}

/** A packet around a body, compressed and encrypted first as the recorder did it. */
export function packetOf(body: Uint8Array, flags: number, cipher: Cipher | undefined): Uint8Array {
  const sent = (flags & PacketFlags.COMPRESSED) === 0 ? body : zlibCompression.deflate(body)
  const encrypts = cipher !== undefined && (flags & PacketFlags.ENCRYPTED) !== 0
  return framePacket(encrypts ? cipher.encrypt(sent) : sent, flags)
}
