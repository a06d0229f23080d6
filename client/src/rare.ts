import { loaded, type SFSRequest } from './requests/request.ts'

type RareParts = typeof import('./rare-parts.ts')
type RequestClass<A extends readonly unknown[] = never[]> = new (...args: A) => SFSRequest

/** The classes of requests that are loaded when they are needed, by name. */
type RareRequests = {
  readonly [N in keyof RareParts as RareParts[N] extends RequestClass ? N : never]: RareParts[N]
}

/** A request whose class is loaded when it is sent. @param args  of its constructor */
export function rare<N extends keyof RareRequests>(
  name: N,
  ...args: RareRequests[N] extends RequestClass ? ConstructorParameters<RareRequests[N]> : never
): SFSRequest {
  return loaded(async () => {
    const Request: RequestClass = (await import('./rare-parts.ts'))[name]
    return new (Request as RequestClass<unknown[]>)(...args)
  })
}
