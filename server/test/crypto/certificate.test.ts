import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { developmentCertificate } from '../../src/crypto/certificate.ts'
import { secureContext } from '../../src/transport/tls.ts'

const DAY = 86_400_000
const NOW = Date.parse('2030-01-01T00:00:00Z')
const at = (days: number) => ({ date: () => NOW + days * DAY })

function fileIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'data', 'certificate.pem')
}

test('a certificate says that it is for development, and for this machine only', async t => {
  const made = await developmentCertificate(fileIn(t), at(0))
  const certificate = new X509Certificate(made.cert)
  assert.match(certificate.subject, /O=Warren development certificate \(not for production\)/)
  assert.deepEqual(
    ['localhost', 'example.org'].map(name => certificate.checkHost(name) !== undefined),
    [true, false],
  )
  assert.deepEqual(
    ['127.0.0.1', '::1', '10.0.0.1'].map(ip => certificate.checkIP(ip) !== undefined),
    [true, true, false],
  )
  assert.equal(certificate.ca, false)
  assert.equal(certificate.publicKey.asymmetricKeyType, 'rsa')
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048)
  assert.ok(Date.parse(certificate.validFrom) < NOW)
  assert.equal(Date.parse(certificate.validTo), made.until)
  secureContext(made)
})

test('it is kept where only its owner can read it, and made anew a month before its end', async t => {
  const file = fileIn(t)
  const first = await developmentCertificate(file, at(0))
  assert.equal(first.unkept, undefined)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(await developmentCertificate(file, at(334)), first)
  const second = await developmentCertificate(file, at(336))
  assert.notEqual(second.cert, first.cert)
  assert.equal(second.until, NOW + (336 + 365) * DAY)
  assert.equal(readFileSync(file, 'utf8'), second.key)
})

test('a file that holds no certificate and its key is replaced', async t => {
  const file = fileIn(t)
  const { key } = await developmentCertificate(file, at(0))
  const { key: other } = await developmentCertificate(fileIn(t), at(0))
  const certificate = key.slice(key.indexOf('-----BEGIN CERTIFICATE'))
  const otherKey = other.slice(0, other.indexOf('-----BEGIN CERTIFICATE'))
  for (const broken of ['', 'no certificate', certificate, otherKey + certificate]) {
    writeFileSync(file, broken)
    const made = await developmentCertificate(file, at(0))
    assert.notEqual(made.key, broken)
    secureContext(made)
  }
})

test('where it cannot be kept there is one all the same, and the reason', async t => {
  const file = fileIn(t)
  mkdirSync(file, { recursive: true })
  const made = await developmentCertificate(file, at(0))
  assert.match(made.unkept ?? '', /EISDIR|ENOTEMPTY|EEXIST|directory/)
  secureContext(made)
})
