import { LineError } from './line.ts'

/** The answer to a request by HTTP. */
export interface HttpAnswer {
  readonly status: number
  readonly text: string
}

/** A request by HTTP, of a form. */
export interface HttpPost {
  readonly url: string
  /** The form, encoded. */
  readonly body: string
  /** A longer answer is none. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/** Posts a form. @throws when there is no answer, or it is too long */
export type Post = (post: HttpPost) => Promise<HttpAnswer>

/** The type of a form, which browsers send to other origins without asking first [P-10.14]. */
export const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Posts by the `fetch` of browsers and Node. */
export const postByFetch: Post = async ({ url, body, maxBytes, signal }) => {
  const headers = { 'Content-Type': FORM_TYPE }
  const response = await fetch(url, { method: 'POST', headers, body, signal, cache: 'no-store' })
  return { status: response.status, text: await textOf(response, maxBytes) }
}

/** Reads an answer of ASCII as it comes, so that one without end takes no memory. */
async function textOf(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done || value === undefined) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length <= maxBytes) continue
    await reader?.cancel()
    throw new LineError(`An answer of more than ${maxBytes} bytes`)
  }
}
