/** The official client as a classic script defines it. */
declare const SFS2X: typeof import('sfs2x-api')
