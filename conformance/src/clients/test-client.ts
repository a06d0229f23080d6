import type { Endpoint } from '../client/line.ts'
import { OfficialClient, SFS2X } from '../official/official-client.ts'
import type { ClientApi, SeenClient, SeenRequest } from './client-api.ts'
import type { EventQueue } from './event-queue.ts'
import { SDK_API } from './sdk-api.ts'
import { SdkClient } from './sdk-client.ts'

/** A client that tests drive: the official one or Warren's. */
export interface TestClient extends EventQueue {
  readonly sfs: SeenClient
  /** Its classes. */
  readonly SFS2X: ClientApi
  connect(): Promise<void>
  send(request: SeenRequest): void
  leave(): Promise<void>
}

/** One of the clients. */
export interface ClientKind {
  readonly name: string
  /** Its classes. */
  readonly SFS2X: ClientApi
  /** A new client of this kind, not connected. */
  create(endpoint: Endpoint): TestClient
}

/** The clients that are tested with the same tests. */
export const CLIENT_KINDS: readonly ClientKind[] = [
  {
    name: 'the official client',
    SFS2X: SFS2X as unknown as ClientApi,
    create: endpoint => new OfficialClient(endpoint) as unknown as TestClient,
  },
  {
    name: "Warren's client",
    SFS2X: SDK_API,
    create: endpoint => new SdkClient(endpoint) as unknown as TestClient,
  },
]
