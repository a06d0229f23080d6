import type { z } from 'zod'
import type { MailSettings } from '../accounts/create-mailer.ts'
import type { ZoneSettings } from '../domain/settings.ts'
import type { AnyDefinition } from '../extension/instance.ts'
import type { ExtensionLimits } from '../extension/parts.ts'
import type { StoreAddress } from '../store/address.ts'
import type { userConfigSchema } from './server-schema.ts'

type DeepReadonly<T> = T extends (...args: never[]) => unknown
  ? T
  : { readonly [K in keyof T]: DeepReadonly<T[K]> }

/** What `warren.config.ts` exports. Everything may be left out. */
export type UserConfig = DeepReadonly<z.input<typeof userConfigSchema>>

/** What `warren.config.ts` says, checked, with defaults in place of what it leaves out. */
export type CheckedConfig = DeepReadonly<z.output<typeof userConfigSchema>>

/** A listener's port; 0 is any free one. */
type PortOrOff = number | 'off'

/** Where extensions come from, and what is too much for them. */
export interface ExtensionsConfig extends ExtensionLimits {
  /** Folders with a folder for each extension, absolute. */
  readonly dirs: readonly string[]
  /** A handler that holds the server so long is named while it still does. */
  readonly blockedHandlerSeconds: number
  /** Load an extension anew when one of its files changes. */
  readonly watch: boolean
  /** Extensions without a folder, by name. */
  readonly definitions: Readonly<Record<string, AnyDefinition>>
}

/** A whole, checked configuration: what a server is made of. Files are absolute paths. */
export interface ServerConfig
  extends Pick<
    CheckedConfig,
    'host' | 'limits' | 'tunnel' | 'addresses' | 'delivery' | 'log' | 'login' | 'upload' | 'electro' | 'flash'
  > {
  readonly listen: { readonly [L in keyof CheckedConfig['listen']]-?: PortOrOff }
  /** Left out: a certificate is made for development, when there is something that needs one. */
  readonly tls?: { readonly keyFile: string; readonly certFile: string } | undefined
  /** Where the server keeps what survives a restart. It need not be there. */
  readonly dataDir: string
  /** The database; left out, a file in `dataDir`. */
  readonly database?: StoreAddress | undefined
  /** Left out: no mail is sent. */
  readonly mail?: MailSettings | undefined
  /** The keys of passwords that are kept encrypted, as `SealingKeys.read` takes them. */
  readonly accountKeys?: string | undefined
  /** The examples that the home page offers; none when undefined. */
  readonly examplesDir?: string | undefined
  readonly extensions: ExtensionsConfig
  readonly zones: readonly ZoneSettings[]
}

/**
 * Gives an editor the types of a configuration file.
 * @example
 * // warren.config.ts
 * import { defineConfig } from '@warren/server'
 * export default defineConfig({ host: '0.0.0.0', listen: { tcp: 9933, udp: 'off' } })
 */
export function defineConfig(config: UserConfig): UserConfig {
  return config
}
