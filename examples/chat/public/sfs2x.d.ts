/** The official client as a classic script defines it. */
declare const SFS2X: typeof import('sfs2x-api')

/** What comes with the client's events; each has those that belong to it. */
interface SfsEventDetails {
  readonly room: import('sfs2x-api').SFSRoom
  readonly user: import('sfs2x-api').SFSUser
  readonly sender: import('sfs2x-api').SFSUser
  readonly message: string
  readonly data: import('sfs2x-api').SFSObject | null
  readonly success: boolean
  readonly errorMessage: string
  readonly reason: string
}
