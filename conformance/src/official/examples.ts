import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { loadConfig } from '@warren/server'
import type { SeenRoom } from '../clients/client-api.ts'
import { Scene } from '../target/scene.ts'
import type { TargetOverrides } from '../target/target.ts'
import { type OfficialClient, SFS2X } from './official-client.ts'

/** What a server has that starts without any configuration. */
export async function defaults(): Promise<TargetOverrides> {
  const { config } = await loadConfig({ env: {}, cwd: import.meta.dirname })
  assert.ok(config)
  return { zones: config.zones, extensions: { ...config.extensions, watch: false } }
}

/** The server as it starts without any configuration. */
export async function openDefault(t: TestContext): Promise<Scene> {
  const overrides = await defaults()
  return await Scene.open(t, () => overrides)
}

/** Calls an extension: that of the zone, or that of a room. */
export function ask(
  client: OfficialClient,
  command: string,
  put: (params: InstanceType<typeof SFS2X.SFSObject>) => void,
  room?: SeenRoom,
): void {
  const params = new SFS2X.SFSObject()
  put(params)
  client.send(new SFS2X.ExtensionRequest(command, params, room as never))
}

/** The next message of an extension, which must be this one. */
export async function told(client: OfficialClient, command: string) {
  const { cmd, params } = await client.find('extensionResponse')
  assert.equal(cmd, command)
  assert.ok(params instanceof SFS2X.SFSObject)
  return params
}
