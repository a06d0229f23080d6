import type { AccountPrivilege, AccountState } from '../accounts/account.ts'

/** The tables of the newest version, as statements know them. The migrations make them. */
export interface Tables {
  readonly warren_schema: { readonly version: number }
  readonly bans: {
    readonly kind: 'name' | 'address'
    /** Empty for an address. */
    readonly zone: string
    /** The name or the address. */
    readonly target: string
    /** Milliseconds since 1970; null never ends. */
    readonly until: number | null
    readonly reason: string
    readonly made: number
  }
  readonly buddy_lists: {
    readonly zone: string
    readonly owner: string
    /** JSON: `[[name, isBlocked], …]`. */
    readonly buddies: string
    /** JSON: the names of variables. */
    readonly names: string
    /** An SFSArray: the value of each name. */
    readonly variables: Uint8Array
  }
  readonly rooms: {
    readonly zone: string
    readonly name: string
    readonly room_group: string
    /** JSON, without the values of variables. */
    readonly settings: string
    /** An SFSArray: the value of each variable, in the order of the settings. */
    readonly variables: Uint8Array
  }
  readonly extension_data: {
    readonly extension: string
    readonly key: string
    /** JSON. */
    readonly value: string
  }
  readonly accounts: {
    readonly realm: string
    /** What makes the name unique. */
    readonly name_key: string
    readonly name: string
    readonly email: string | null
    /** What makes the address unique. */
    readonly email_key: string | null
    readonly state: AccountState
    readonly privilege: AccountPrivilege
    /** Milliseconds since 1970. */
    readonly created: number
    readonly last_login: number | null
    /** JSON. */
    readonly extra: string
    /** Argon2id, in PHC form. */
    readonly hash: string
    /** The password, encrypted. */
    readonly sealed: string | null
    readonly code_digest: string | null
    readonly code_until: number | null
  }
}
