import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { type Route, requestPath } from '../transport/routes.ts'
import { importMapHashes, PageScripts } from './page-scripts.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.xml': 'application/xml; charset=utf-8',
  '.wasm': 'application/wasm',
  '.swf': 'application/x-shockwave-flash',
}

/** What a page may do beyond the usual. */
export interface PageRights {
  /** It has a Flash player: WebAssembly that draws into a page of its own styles. */
  readonly playsFlash?: boolean
}

/**
 * Pages load nothing but their own files and talk to nobody but servers that speak our protocol.
 * @param importMaps  hashes of the inline scripts that are allowed beside files
 */
const policy = (importMaps: readonly string[], { playsFlash = false }: PageRights = {}) =>
  [
    "default-src 'none'",
    ["script-src 'self'", ...(playsFlash ? ["'wasm-unsafe-eval'"] : []), ...importMaps].join(' '),
    `style-src 'self'${playsFlash ? " 'unsafe-inline'" : ''}`,
    `img-src 'self'${playsFlash ? ' data: blob:' : ''}`,
    "connect-src 'self' ws: wss:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

const PAGE_POLICY = policy([])

/** The name of a file below a folder: plain names and slashes, nothing hidden, no way up. */
const SAFE_PATH = /^(?:[a-z0-9][a-z0-9_-]*\/)*[a-z0-9_][a-z0-9._-]*$/i

/** Serves the files of a folder; `index.html` for the folder itself. TypeScript is sent as JavaScript. */
export function folderRoute(path: string, folder: string, rights?: PageRights): Route {
  const scripts = new PageScripts()
  return {
    method: 'GET',
    path,
    prefix: true,
    handle: async (request, response) => {
      const name = requestPath(request.url).slice(path.length) || 'index.html'
      if (SAFE_PATH.test(name)) await sendFile(response, join(folder, name), scripts, rights)
      else sendNotFound(response)
    },
  }
}

/** Serves one file. */
export function fileRoute(path: string, file: string): Route {
  const scripts = new PageScripts()
  return { method: 'GET', path, handle: (_request, response) => sendFile(response, file, scripts) }
}

/** Answers with JSON that is made anew for each request. */
export function jsonRoute(path: string, value: (request: IncomingMessage) => unknown): Route {
  return {
    method: 'GET',
    path,
    handle: (request, response) => {
      send(response, 200, 'application/json; charset=utf-8', JSON.stringify(value(request)))
    },
  }
}

/** Sends a visitor elsewhere. */
export function redirectRoute(path: string, target: string): Route {
  return {
    method: 'GET',
    path,
    handle: (_request, response) => {
      response.setHeader('Location', target)
      send(response, 308, 'text/plain; charset=utf-8', `${target}\n`)
    },
  }
}

async function sendFile(
  response: ServerResponse,
  file: string,
  scripts: PageScripts,
  rights?: PageRights,
): Promise<void> {
  // A declaration holds nothing to run.
  const extension = file.endsWith('.d.ts') ? '.d.ts' : extname(file)
  const type = TYPES[extension]
  if (type === undefined) return sendNotFound(response)
  const body = await (extension === '.ts' ? scripts.read(file) : readFile(file).catch(() => undefined))
  if (body === undefined) sendNotFound(response)
  else
    send(
      response,
      200,
      type,
      body,
      extension === '.html' ? policy(importMapHashes(String(body)), rights) : undefined,
    )
}

function sendNotFound(response: ServerResponse): void {
  send(response, 404, 'text/plain; charset=utf-8', 'Not found\n')
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  contentPolicy = PAGE_POLICY,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': contentPolicy,
    'Cache-Control': 'no-cache',
  })
  response.end(body)
}
