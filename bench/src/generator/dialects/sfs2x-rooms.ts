import { encodeRequest, framePacket, type RequestFields, type RoomRow } from '@warren/codec'
import type { Member } from '../dialect.ts'
import { WS_BINARY } from '../framing.ts'
import { joinRoom, readFrame } from './sfs2x.ts'

const MOST_USERS = 30_000
/** The action on which a join is refused. */
const JOIN_ROOM = 4

type RoomSettings = RequestFields<'CreateRoom'>

/** A plain room for many, as any client may ask for one. */
export function roomSettings(name: string, other: Partial<RoomSettings> = {}): RoomSettings {
  return {
    name,
    groupId: 'default',
    password: '',
    isGame: false,
    maxUsers: MOST_USERS,
    maxSpectators: 0,
    maxVariables: 5,
    onlyOwnerInvites: true,
    autoJoin: false,
    ...other,
  }
}

/** Joins a room, and makes it where it is missing. Throws with what the server says when neither works. */
export async function joinOrCreate(member: Member, settings: RoomSettings): Promise<RoomRow> {
  try {
    return await joinRoom(member, settings.name)
  } catch (error) {
    if (member.line.closed) throw error
  }
  const { line, inbox } = member
  // Somebody else may make it at the same time: whether this one is refused or not, it is there afterwards.
  line.send(framePacket(encodeRequest('CreateRoom', settings)), WS_BINARY)
  line.send(framePacket(encodeRequest('JoinRoom', { roomName: settings.name })), WS_BINARY)
  let refusal = ''
  let room: RoomRow | undefined
  await inbox.take(frame => {
    const reply = readFrame(frame, line.isWebSocket)
    if (reply.name === 'JoinRoom') room = reply.fields.room
    if (reply.name === 'Failure') refusal += ` ${JSON.stringify(reply)}`
    return reply.name === 'JoinRoom' || (reply.name === 'Failure' && reply.action === JOIN_ROOM)
  })
  if (room === undefined)
    throw new Error(`the room ${settings.name} can be neither made nor joined:${refusal}`)
  return room
}
