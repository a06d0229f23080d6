import { type DeliveryCount, DeliveryLedger } from '../../generator/ledger.ts'
import { messagesOf, type Sent } from '../../generator/seating.ts'

const DIGITS = 5
const RADIX = 36

/**
 * Books which rooms come and go, and who was told of it. Room number n is made by creator n modulo their number, and its
 * name says n. Each receiver has to hear of each creator's rooms once and in order, that they came and that they went.
 */
export class RoomBook {
  readonly #prefix: string
  readonly #receivers: number
  readonly #creators: readonly number[]
  readonly #ledger: DeliveryLedger
  readonly #isOwn: (creator: number) => boolean
  readonly #numbers = new Map<number, number>()

  /**
   * @param prefix  begins the names of the rooms, and of no others
   * @param receivers  clients of this process
   * @param creators  the clients who make rooms, through all processes
   * @param isOwn  whether a client is in this process
   */
  constructor(
    prefix: string,
    receivers: number,
    creators: readonly number[],
    isOwn: (client: number) => boolean,
  ) {
    this.#prefix = prefix
    this.#receivers = receivers
    this.#creators = creators
    this.#isOwn = creator => isOwn(creators[creator % creators.length] ?? -1)
    this.#ledger = new DeliveryLedger(receivers, 2 * creators.length, stream => !this.#isOwn(stream))
  }

  get delivered(): number {
    return this.#ledger.delivered
  }

  get expected(): number {
    return this.#ledger.sent * this.#receivers
  }

  nameOf(room: number): string {
    return this.#prefix + room.toString(RADIX).padStart(DIGITS, '0')
  }

  /** A room is asked for here. */
  come(room: number): void {
    this.#ledger.send(room % this.#creators.length)
  }

  /** A room is left here, by the only one who was in it. */
  go(room: number): void {
    this.#ledger.send(this.#creators.length + (room % this.#creators.length))
  }

  /** A receiver hears that a room is there. @returns its number, or -1 for a room of somebody else */
  hearCome(receiver: number, name: string, id: number): number {
    if (!name.startsWith(this.#prefix)) return -1
    const room = Number.parseInt(name.slice(this.#prefix.length), RADIX)
    if (!Number.isInteger(room)) return -1
    this.#numbers.set(id, room)
    const creators = this.#creators.length
    this.#ledger.record(receiver, room % creators, Math.floor(room / creators))
    return room
  }

  /** A receiver hears that a room is gone. @returns its number, or -1 for a room of somebody else */
  hearGo(receiver: number, id: number): number {
    const room = this.#numbers.get(id)
    if (room === undefined) return -1
    const creators = this.#creators.length
    this.#ledger.record(receiver, creators + (room % creators), Math.floor(room / creators))
    return room
  }

  /** What other processes have sent: their creators' rooms came and went. */
  announce({ first, clients, taken }: Sent): void {
    for (const [creator, client] of this.#creators.entries()) {
      if (client < first || client >= first + clients) continue
      const rooms = messagesOf(creator, this.#creators.length, taken)
      this.#ledger.announce(creator, rooms)
      this.#ledger.announce(this.#creators.length + creator, rooms)
    }
  }

  settle(): DeliveryCount {
    return this.#ledger.settle(this.#receivers)
  }
}
