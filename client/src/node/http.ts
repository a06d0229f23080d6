import { type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http'
import { request as requestSecure, Agent as SecureAgent } from 'node:https'
import { FORM_TYPE, type HttpAnswer, type Post } from '../transport/http.ts'
import { LineError } from '../transport/line.ts'
import type { TlsTrust } from './trust.ts'

/** The tunnel has one poll and one request with data at a time. */
const AGENT = { keepAlive: true, maxFreeSockets: 2 } as const

/** Posts by HTTP or HTTPS, over connections that are kept. */
export function postWith(trust: TlsTrust): Post {
  const plain = new PlainAgent(AGENT)
  const secure = new SecureAgent({ ...AGENT, ...trust })
  return ({ url, body, maxBytes, signal }) =>
    new Promise((resolve, reject) => {
      const isSecure = url.startsWith('https:')
      const headers = { 'Content-Type': FORM_TYPE, 'Content-Length': Buffer.byteLength(body) }
      const options = { method: 'POST', headers, signal, agent: isSecure ? secure : plain }
      const request = isSecure ? requestSecure(url, options) : requestPlain(url, options)
      request.on('error', reject)
      request.on('response', response => answerOf(response, maxBytes).then(resolve, reject))
      request.end(body)
    })
}

async function answerOf(response: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw new LineError(`An answer of more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('latin1') }
}
