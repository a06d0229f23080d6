/** What clients may send as files. The same names as in the configuration. */
export interface UploadSettings {
  readonly enabled: boolean
  /** Of one file, in bytes. */
  readonly maxFileBytes: number
  /** Of a whole request, in bytes: all its files and what is around them. */
  readonly maxTotalBytes: number
  /** Of one request. */
  readonly maxFiles: number
  /** Endings such as `.png`, content types such as `image/png` or `image/*`, or `*` for everything. */
  readonly types: readonly string[]
  /** How long a request may take. */
  readonly timeoutSeconds: number
  /** Requests of one session at once. */
  readonly maxUploadsPerSession: number
  /** Requests of all sessions at once. */
  readonly maxUploads: number
  /** What the files that nobody took away may fill, in bytes. */
  readonly maxFolderBytes: number
  /** When files that nobody took away are deleted. */
  readonly keepHours: number
}
