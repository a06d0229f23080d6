import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Scheduler } from '../clock.ts'
import { type Exchange, type Route, requestQuery } from '../transport/routes.ts'
import { UploadRefused } from './refusals.ts'
import type { Uploads } from './uploads.ts'

/** Where clients send files [P-12.1]. */
export const UPLOAD_PATH = '/BlueBox/SFS2XFileUpload'

/** The query parameter with the session's token. */
const TOKEN_PARAMETER = 'sessHashId'

/** How long the rest of a refused request is read, in milliseconds: who is still sending hears no answer. */
const LINGER_MILLIS = 5000

/** What the routes are given. */
export interface UploadRouteParts {
  readonly uploads: Uploads
  readonly scheduler: Scheduler
  onRefusal(refused: UploadRefused, address: string): void
}

/** Files of clients over HTTP, also from pages of other origins: who sends is told by the token alone. */
export function uploadRoutes(parts: UploadRouteParts): Route[] {
  return [
    { method: 'POST', path: UPLOAD_PATH, isPage: false, handle: (...exchange) => take(parts, ...exchange) },
    {
      method: 'OPTIONS',
      path: UPLOAD_PATH,
      isPage: false,
      handle: (_request, response) => preflight(response),
    },
  ]
}

async function take(
  { uploads, scheduler, onRefusal }: UploadRouteParts,
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
): Promise<void> {
  const token = requestQuery(request.url).get(TOKEN_PARAMETER) ?? ''
  // Whatever ends the request is seen by those who read it.
  request.on('error', () => undefined)
  try {
    const files = await uploads.receive(request, token, () => {
      exchange.hold(uploads.settings.timeoutSeconds * 1000 + LINGER_MILLIS)
    })
    writeHead(response, 200)
    response.end(jsonBody(response, { files: files.map(({ name, size }) => ({ name, size })) }))
  } catch (error) {
    if (!(error instanceof UploadRefused)) throw error
    onRefusal(error, exchange.address)
    if (request.destroyed && !request.complete) return
    response.setHeader('Connection', 'close')
    const body = jsonBody(response, { error: error.reason, message: error.message })
    writeHead(response, error.status)
    if (!request.complete) {
      response.write(body)
      await swallow(request, uploads.settings.maxTotalBytes, scheduler)
      response.end()
    } else {
      response.end(body)
    }
  }
}

function preflight(response: ServerResponse): void {
  allowOrigins(response)
  response.setHeader('Access-Control-Allow-Methods', 'POST')
  response.setHeader('Access-Control-Allow-Headers', '*')
  response.setHeader('Access-Control-Max-Age', '86400')
  response.writeHead(204, { 'Content-Length': 0 })
  response.end()
}

function allowOrigins(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*')
}

/** Some clients read no chunks, so that the length is always given. */
function jsonBody(response: ServerResponse, value: unknown): string {
  const body = `${JSON.stringify(value)}\n`
  response.setHeader('Content-Length', Buffer.byteLength(body))
  return body
}

function writeHead(response: ServerResponse, status: number): void {
  allowOrigins(response)
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.statusCode = status
}

/** Reads and forgets the rest of a request, so that its answer is not lost with what is still on the way. */
function swallow(request: IncomingMessage, maxBytes: number, scheduler: Scheduler): Promise<void> {
  return new Promise(resolve => {
    let left = maxBytes
    const end = () => {
      cancelTimer()
      request.off('data', onData)
      request.pause()
      resolve()
    }
    const onData = (chunk: Uint8Array) => {
      left -= chunk.length
      if (left < 0) end()
    }
    const cancelTimer = scheduler.after(LINGER_MILLIS, end)
    request.on('data', onData).on('end', end).on('close', end)
    request.resume()
  })
}
