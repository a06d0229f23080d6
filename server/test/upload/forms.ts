import { Readable } from 'node:stream'
import { FormReader, type MultipartLimits } from '../../src/upload/multipart.ts'
import { UploadRefused } from '../../src/upload/refusals.ts'

export const BOUNDARY = 'cut-here'
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

/** One part of a form, as it is written. */
export interface PartText {
  /** All headers, without the last line break. */
  readonly head: string
  readonly content: string
}

export const filePart = (name: string, content: string, type = 'image/png'): PartText => ({
  head: `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}`,
  content,
})

export const fieldPart = (name: string, content: string): PartText => ({
  head: `Content-Disposition: form-data; name="${name}"`,
  content,
})

/** The body of a request; each character is a byte. */
export function formBody(parts: readonly PartText[], end = `--${BOUNDARY}--\r\n`): string {
  return parts.map(({ head, content }) => `--${BOUNDARY}\r\n${head}\r\n\r\n${content}\r\n`).join('') + end
}

/** Cuts a body into pieces of so many bytes. */
export function cut(body: string, size: number): Buffer[] {
  const bytes = Buffer.from(body, 'latin1')
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
}

/** What came of a form. */
export interface ReadForm {
  readonly files: { readonly name: string; readonly type: string | undefined; readonly content: string }[]
  readonly fields: [string, string][]
  /** Why it was refused. */
  refused: string | undefined
}

export const ROOMY: MultipartLimits = { maxFileBytes: 10_000, maxTotalBytes: 100_000, maxFiles: 3 }

/** Reads a form to its end. */
export async function readForm(
  pieces: Iterable<Uint8Array>,
  { type = FORM_TYPE, limits = ROOMY }: { type?: string | undefined; limits?: MultipartLimits } = {},
): Promise<ReadForm> {
  const form: ReadForm = { files: [], fields: [], refused: undefined }
  try {
    const request = Readable.from(pieces, { objectMode: false })
    await new FormReader(request, type, limits, {
      file: async ({ name, contentType, content }) => {
        const chunks: Buffer[] = []
        for await (const chunk of content) chunks.push(chunk)
        form.files.push({ name, type: contentType, content: Buffer.concat(chunks).toString('latin1') })
      },
      field: (name, value) => void form.fields.push([name, value]),
    }).read()
  } catch (error) {
    if (!(error instanceof UploadRefused)) throw error
    form.refused = error.reason
  }
  return form
}
