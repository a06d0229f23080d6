import { type TestOptions, test } from 'node:test'
import type { ServerConfig } from '@warren/server'
import { Scene } from '../target/scene.ts'
import type { TargetOverrides } from '../target/target.ts'
import type { ClientApi } from './client-api.ts'
import { CLIENT_KINDS, type ClientKind } from './test-client.ts'

/** What a test gets that runs with each client. */
export interface Stage {
  readonly kind: ClientKind
  /** The classes of the client. */
  readonly SFS2X: ClientApi
  /** The server; `client()` of the scene gives clients of this kind. */
  open(change?: (config: ServerConfig) => TargetOverrides): Promise<Scene>
}

type Work = (stage: Stage) => Promise<void>

/** A test that runs once with each client: the official one says what is right, and Warren's does the same. */
export function eachClient(name: string, ...rest: [Work] | [TestOptions, Work]): void {
  const [options, work] = rest.length === 1 ? [{}, rest[0]] : rest
  for (const kind of CLIENT_KINDS) {
    test(`${name} (${kind.name})`, options, async t => {
      await work({ kind, SFS2X: kind.SFS2X, open: change => Scene.open(t, change, kind) })
    })
  }
}
