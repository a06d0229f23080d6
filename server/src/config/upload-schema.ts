import { z } from 'zod'
import { bytes, count, described, fileName, flag, seconds } from './fields.ts'

const MEBIBYTE = 1_048_576

const type = z
  .string()
  .regex(
    /^(\*|\.[^.\s/]{1,19}|[A-Za-z\d][\w!#$&^.+-]{0,63}\/([A-Za-z\d][\w!#$&^.+-]{0,63}|\*))$/,
    'must be an ending such as .png, a content type such as image/png or image/*, or *',
  )

/** What may stand about files of clients. */
export const uploadSchema = z
  .strictObject({
    enabled: flag(
      'Whether clients may send files, where an extension of their zone handles fileUpload.',
      true,
    ),
    dir: described(
      fileName,
      'The folder for the files, which nothing else should write to; relative to the configuration file. Left out: uploads, in dataDir.',
    ).optional(),
    maxFileBytes: bytes('The largest file.', 5 * MEBIBYTE, 1, 1024 * MEBIBYTE),
    maxTotalBytes: bytes('The largest request, with all its files.', 20 * MEBIBYTE, 1024, 4096 * MEBIBYTE),
    maxFiles: count('Files of one request.', 'files', 1, 1000, 10),
    types: described(
      z.array(type).min(1),
      'Which files are taken: endings, content types, or "*". Of both kinds, as far as they are listed, one must fit. What is in a file is not looked at.',
    ).default(['.png', '.jpg', '.jpeg', '.gif', '.webp']),
    timeoutSeconds: seconds('How long a request may take.', 60, 1, 86_400),
    maxUploadsPerSession: count('Requests of one session at once.', 'requests', 1, 1000, 2),
    maxUploads: count('Requests of all sessions at once.', 'requests', 1, 10_000, 50),
    maxFolderBytes: bytes(
      'What files that no extension took away may fill; each request counts as large as it may be.',
      1024 * MEBIBYTE,
      1024,
      1024 * 1024 * MEBIBYTE,
    ),
    keepHours: count('When files that no extension took away are deleted.', 'hours', 1, 876_000, 24),
  })
  .describe('Files of clients, sent over HTTP.')
