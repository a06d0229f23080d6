import { loaded, type SFSRequest } from './requests/request.ts'

type RareParts = typeof import('./rare-parts.ts')

/** A request whose class is loaded when it is sent. */
export function rare(make: (classes: RareParts) => SFSRequest): SFSRequest {
  return loaded(async () => make(await import('./rare-parts.ts')))
}
