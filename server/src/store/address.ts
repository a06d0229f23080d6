/** Where a store is. */
export type StoreAddress =
  /** A file, made with its folder if there is none. */
  | { readonly type: 'sqlite'; readonly file: string }
  | { readonly type: 'postgres'; readonly url: string }
  /** Nowhere: it ends with the process. */
  | { readonly type: 'memory' }
