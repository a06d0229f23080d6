import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Calendar } from '../clock.ts'

const DAY = 86_400_000
const VALID_DAYS = 365
/** One that ends sooner than this is made anew. */
const RENEW_DAYS = 30
/** Old Java and Mono clients know no other kind of key. */
const KEY = { keyType: 'rsa', keySize: 2048, algorithm: 'sha256' } as const

/** What a certificate says of itself, so that nobody who looks at one takes it for a real one. */
const SUBJECT = [
  { name: 'commonName', value: 'localhost' },
  { name: 'organizationName', value: 'Warren development certificate (not for production)' },
]
const NAMES = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
  { type: 7, ip: '::1' },
] as const

/** A certificate for machines without a real one; key and chain in one PEM text, as both. */
export interface DevelopmentCertificate {
  readonly key: string
  readonly cert: string
  /** When it ends, in milliseconds since 1970. */
  readonly until: number
  /** Why it could not be kept for the next start; nothing if it was. */
  readonly unkept: string | undefined
}

/**
 * The self-signed certificate in a file, made at first and whenever the file holds none that is good for another
 * month. Making one takes up to a second. Key and certificate share a file, which only its owner may read, so that
 * two servers that start at once never leave a key with the certificate of another.
 */
export async function developmentCertificate(
  file: string,
  calendar: Calendar,
): Promise<DevelopmentCertificate> {
  const now = calendar.date()
  const kept = read(file)
  const until = kept === undefined ? undefined : validUntil(kept, now)
  if (kept !== undefined && until !== undefined) return { key: kept, cert: kept, until, unkept: undefined }
  const end = now + VALID_DAYS * DAY
  const pem = await make(now, end)
  return { key: pem, cert: pem, until: end, unkept: keep(file, pem) }
}

async function make(from: number, until: number): Promise<string> {
  // Loaded when it is needed: hardly any start makes a certificate.
  const { generate } = await import('selfsigned')
  const { private: key, cert } = await generate([...SUBJECT], {
    ...KEY,
    // A client whose clock is slow must not find it not valid yet.
    notBeforeDate: new Date(from - DAY),
    notAfterDate: new Date(until),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...NAMES] },
    ],
  })
  return `${key.trim()}\n${cert.trim()}\n`
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** When a kept certificate ends; nothing if it cannot be used for long, or at all. */
function validUntil(pem: string, now: number): number | undefined {
  try {
    const certificate = new X509Certificate(pem)
    const until = Date.parse(certificate.validTo)
    const isGood = until - now > RENEW_DAYS * DAY && certificate.checkPrivateKey(createPrivateKey(pem))
    return isGood ? until : undefined
  } catch {
    return undefined
  }
}

/** Writes beside the file and puts it into place whole. @returns what went wrong */
function keep(file: string, pem: string): string | undefined {
  const whole = `${file}.${process.pid}.new`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(whole, pem, { mode: 0o600, flag: 'wx', flush: true })
    renameSync(whole, file)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
