/** The client libraries that are compared, and how they are connected. */
export const SDK_NAMES = ['warren', 'official', 'warren-tcp'] as const
export type SdkName = (typeof SDK_NAMES)[number]

/** What the benchmark says to a feeder. */
export interface FeederRequest {
  /** So many messages are sent to the client that is there. */
  readonly messages: number
}

/** What a feeder says. */
export type FeederReply =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'joined' }
  | { readonly type: 'fed' }

/** What the benchmark says to a client. */
export interface ClientRequest {
  /** So many messages will come. */
  readonly messages: number
}

/** What a client says. */
export type ClientReply =
  | { readonly type: 'in' }
  | { readonly type: 'waiting' }
  | { readonly type: 'heard'; readonly seconds: number; readonly cpuSeconds: number }
  | { readonly type: 'failed'; readonly reason: string }
