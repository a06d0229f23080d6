/** Why a packet is refused. */
export type PacketReason =
  | 'message-too-large'
  | 'incomplete'
  | 'empty'
  | 'no-cipher'
  | 'decrypt-failed'
  | 'no-compression'
  | 'inflate-failed'
  | 'inflated-too-large'

/** Thrown by the packet stages. */
export class PacketError extends Error {
  override readonly name = 'PacketError'
  /** What was wrong. */
  readonly reason: PacketReason

  constructor(reason: PacketReason, detail = '') {
    super(detail === '' ? reason : `${reason}: ${detail}`)
    this.reason = reason
  }
}
