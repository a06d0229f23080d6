import { join, quiet } from '../clients/arrivals.ts'
import type { SeenRoom } from '../clients/client-api.ts'
import type { Scene } from '../target/scene.ts'
import { type OfficialClient, SFS2X } from './official-client.ts'

export { join, quiet }

/** The official client, logged in, for what only its own types tell. */
export async function loggedIn(scene: Scene, name: string, zone = 'BH0'): Promise<OfficialClient> {
  const client = await scene.official()
  client.send(new SFS2X.LoginRequest(name, '', undefined, zone))
  await client.expect('login')
  return client
}

/** The same in a room. */
export async function memberOf(
  scene: Scene,
  roomName: string,
  name: string,
  zone?: string,
): Promise<{ readonly client: OfficialClient; readonly room: SeenRoom }> {
  const client = await loggedIn(scene, name, zone)
  return { client, room: await join(client, roomName) }
}
