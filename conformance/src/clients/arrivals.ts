import type { Scene } from '../target/scene.ts'
import type { SeenRoom } from './client-api.ts'
import type { TestClient } from './test-client.ts'

/** A client, logged in. */
export async function loggedIn(scene: Scene, name: string, zone = 'BH0'): Promise<TestClient> {
  const client = await scene.client()
  client.send(new client.SFS2X.LoginRequest(name, '', undefined, zone))
  await client.expect('login')
  return client
}

/** The same in a room, with what came of joining read; other rooms stay joined. */
export async function join(client: TestClient, name: string, asSpectator = false): Promise<SeenRoom> {
  client.send(new client.SFS2X.JoinRoomRequest(name, '', -1, asSpectator))
  const { room } = await client.find('roomJoin')
  await quiet(client)
  return room
}

/** A client in a room. */
export async function memberOf(
  scene: Scene,
  roomName: string,
  name: string,
  zone?: string,
): Promise<{ readonly client: TestClient; readonly room: SeenRoom }> {
  const client = await loggedIn(scene, name, zone)
  return { client, room: await join(client, roomName) }
}

/** A room that this client makes and is in, allowing all changes. */
export async function ownRoom(client: TestClient, name: string): Promise<SeenRoom> {
  const settings = new client.SFS2X.RoomSettings(name)
  settings.permissions = new client.SFS2X.RoomPermissions()
  settings.permissions.allowNameChange = true
  settings.permissions.allowPasswordStateChange = true
  settings.permissions.allowPublicMessages = true
  settings.permissions.allowResizing = true
  client.send(new client.SFS2X.CreateRoomRequest(settings, true))
  const { room } = await client.find('roomJoin')
  await quiet(client)
  return room
}

/** Waits until everything that this client asked is answered; what came meanwhile counts as read. */
export async function quiet(client: TestClient): Promise<void> {
  client.send(new client.SFS2X.JoinRoomRequest('no such room anywhere'))
  await client.find('roomJoinError')
}
