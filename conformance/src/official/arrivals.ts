import type { SeenRoom } from '../clients/client-api.ts'
import type { Scene } from '../target/scene.ts'
import { type OfficialClient, SFS2X } from './official-client.ts'

/** The official client, logged in. */
export async function loggedIn(scene: Scene, name: string, zone = 'BH0'): Promise<OfficialClient> {
  const client = await scene.official()
  client.send(new SFS2X.LoginRequest(name, '', undefined, zone))
  await client.expect('login')
  return client
}

/** The same in a room, with what came of joining read; other rooms stay joined. */
export async function join(client: OfficialClient, name: string, asSpectator = false): Promise<SeenRoom> {
  client.send(new SFS2X.JoinRoomRequest(name, '', -1, asSpectator))
  const { room } = await client.find('roomJoin')
  await quiet(client)
  return room
}

/** The official client in a room. */
export async function memberOf(
  scene: Scene,
  roomName: string,
  name: string,
  zone?: string,
): Promise<{ readonly client: OfficialClient; readonly room: SeenRoom }> {
  const client = await loggedIn(scene, name, zone)
  return { client, room: await join(client, roomName) }
}

/** Waits until everything that this client asked is answered; what came meanwhile counts as read. */
export async function quiet(client: OfficialClient): Promise<void> {
  client.send(new SFS2X.JoinRoomRequest('no such room anywhere'))
  await client.find('roomJoinError')
}
