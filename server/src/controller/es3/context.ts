import type { Es3Message, Es3RequestFields, Es3RequestName } from '@warren/codec/es3'
import type { Session } from '../../session/session.ts'
import type { Asker, Services } from '../context.ts'
import type { Es3Realm } from './realm.ts'

/** What the handlers of ElectroServer 3 work with. */
export interface Es3Services extends Services {
  readonly realm: Es3Realm
}

/** What this client alone is told; events tell the rest. A handler never sends. */
export type Es3Answer = Es3Message | readonly Es3Message[] | undefined

export type Es3SessionHandler<N extends Es3RequestName> = (
  fields: Es3RequestFields<N>,
  session: Session,
  services: Es3Services,
) => Es3Answer | Promise<Es3Answer>

export type Es3UserHandler<N extends Es3RequestName> = (
  fields: Es3RequestFields<N>,
  asker: Asker,
  services: Es3Services,
) => Es3Answer | Promise<Es3Answer>
