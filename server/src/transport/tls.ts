import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'

/** A certificate and its key, as PEM texts. */
export interface Certificate {
  readonly key: string | Buffer
  readonly cert: string | Buffer
}

/**
 * Reads a certificate from PEM files.
 * @throws Error of one line when a file cannot be read
 */
export function readCertificate(files: { readonly keyFile: string; readonly certFile: string }): Certificate {
  return { key: readPem('key', files.keyFile), cert: readPem('certificate', files.certFile) }
}

/**
 * Checks a certificate and makes it ready for use.
 * @throws Error of one line when key and certificate do not fit or are no PEM
 */
export function secureContext({ key, cert }: Certificate): SecureContext {
  try {
    return createSecureContext({ key, cert, minVersion: 'TLSv1.2' })
  } catch (error) {
    throw new Error(`The TLS key and certificate cannot be used: ${messageOf(error)}`, { cause: error })
  }
}

/** What is said of a client that goes before its first byte inside of TLS. */
export const TLS_REFUSED = 'The client broke TLS off at once: it may not trust the certificate'

/** Speaks TLS as server over a socket; what was read of it already goes back first, by `unshift`. */
export function startTls(socket: Socket, context: SecureContext): TLSSocket {
  return new TLSSocket(socket, { isServer: true, secureContext: context })
}

function readPem(what: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(`The TLS ${what} ${file} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
