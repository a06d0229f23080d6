interface UploadRefusalDefinition {
  /** The status of the HTTP response. */
  readonly status: number
  readonly text: string
}

const refusal = (status: number, text: string): UploadRefusalDefinition => ({ status, text })

/** Every way in which files can be refused [P-12.3]. Keys are the names that clients, log and metrics see. */
export const UPLOAD_REFUSALS = {
  'upload-off': refusal(404, 'this server takes no files'),
  'upload-not-taken': refusal(404, 'no extension of this zone takes files'),
  'upload-no-session': refusal(403, 'sessHashId is not the token of a session that is logged in'),
  'upload-session-limit': refusal(429, 'this session sends as many files at once as it may'),
  'upload-server-limit': refusal(503, 'the server takes as many uploads at once as it may; try again later'),
  'upload-folder-full': refusal(507, 'the server holds as many files as it may; try again later'),
  'upload-not-multipart': refusal(415, 'the body must be multipart/form-data'),
  'upload-malformed': refusal(400, 'the body is no multipart/form-data that can be read'),
  'upload-empty': refusal(400, 'the form has no file'),
  'upload-type': refusal(415, 'files of that type are not taken'),
  'upload-file-too-large': refusal(413, 'a file is too large'),
  'upload-too-large': refusal(413, 'the request is too large'),
  'upload-too-many-files': refusal(413, 'the form has too many files'),
  'upload-too-many-fields': refusal(413, 'the form has too many or too long fields that are no files'),
  'upload-too-slow': refusal(408, 'the request took too long'),
  // Nobody hears this one.
  'upload-aborted': refusal(400, 'the client went away within the request'),
  'upload-stopping': refusal(503, 'the server stops'),
  'upload-failed': refusal(500, 'the server could not keep the files'),
} as const satisfies Record<string, UploadRefusalDefinition>

/** The name of a way in which files can be refused. */
export type UploadRefusal = keyof typeof UPLOAD_REFUSALS

/** An upload that is refused. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused'
  readonly reason: UploadRefusal

  /** @param detail  what more there is to say, for the client and the log */
  constructor(reason: UploadRefusal, detail?: string, cause?: unknown) {
    const { text } = UPLOAD_REFUSALS[reason]
    super(detail === undefined ? text : `${text}: ${detail}`, { cause })
    this.reason = reason
  }

  get status(): number {
    return UPLOAD_REFUSALS[this.reason].status
  }
}
