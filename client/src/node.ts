/** The client for Node: TCP and TLS, encryption and UDP beside what browsers have. */
export * from './index.ts'
export { type NodeOptions, type NodePlatform, nodePlatform } from './node/platform.ts'
export { SmartFox } from './node/smart-fox.ts'
export type { TlsTrust } from './node/trust.ts'
