/** Who of all clients is in this process, and who is in which room. Clients are numbered through all processes. */
export interface Seating {
  /** Clients of all processes together. */
  readonly total: number
  /** The number of the first client of this process. */
  readonly first: number
  /** Clients in a room, filled one after the other; the last may have fewer. */
  readonly roomSize: number
  /** Ids of the rooms on the server. */
  readonly roomIds: readonly number[]
}

/** All in one process and one room. */
export function oneRoom(clients: number, roomId: number): Seating {
  return { total: clients, first: 0, roomSize: clients, roomIds: [roomId] }
}

/** In which order clients speak: one of each room, then the next of each, so that no room has all its share at once. */
export function turnsOf({ total, roomSize }: Pick<Seating, 'total' | 'roomSize'>): Uint32Array {
  const turns = new Uint32Array(total)
  let at = 0
  for (let seat = 0; seat < roomSize; seat++) {
    for (let client = seat; client < total; client += roomSize) turns[at++] = client
  }
  return turns
}

/** How many clients speak before a client, in each round. */
export function positionsOf(turns: Uint32Array): Uint32Array {
  const positions = new Uint32Array(turns.length)
  for (const [position, client] of turns.entries()) positions[client] = position
  return positions
}

/** Messages of a client when so many turns were taken. */
export function messagesOf(position: number, total: number, taken: number): number {
  return Math.floor(taken / total) + (taken % total > position ? 1 : 0)
}

/** What a process has sent of a step: the clients whose turns it takes, and how many turns have passed. */
export interface Sent {
  readonly first: number
  readonly clients: number
  readonly taken: number
  /** The sending was given up because too much was under way. */
  readonly aborted: boolean
}
