import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createMailer } from '../../src/accounts/create-mailer.ts'

const MAIL = { to: 'änn@example.org', subject: 'Grüße 💬', text: 'Hello,\n\nétait ici.\n' }
const CALENDAR = { date: () => Date.UTC(2030, 0, 2, 3, 4, 5) }

test('without a mail server each mail is a file that its owner alone can read', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'mail-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const outbox = join(folder, 'outbox')
  const mailer = createMailer({ from: 'Warren <warren@example.org>', outbox }, CALENDAR)
  await mailer.send(MAIL)
  await mailer.send(MAIL)
  const names = readdirSync(outbox)
  assert.equal(names.length, 2)
  for (const name of names) {
    assert.match(name, /^2030-01-02T03-04-05\.000Z-[\da-f]{8}\.eml$/)
    assert.equal(statSync(join(outbox, name)).mode & 0o777, 0o600)
    const text = readFileSync(join(outbox, name), 'utf8')
    assert.match(text, /^From: Warren <warren@example\.org>\r?$/m)
    assert.match(text, /^Date: Wed, 02 Jan 2030 03:04:05/m)
    assert.match(text, /=C3=A9tait|était|[A-Za-z0-9+/]{20}/)
  }
})

/** A mail server that takes one mail, without TLS. */
async function smtpServer(t: TestContext) {
  const lines: string[] = []
  const talk = (socket: Socket) => {
    let isData = false
    socket.write('220 test\r\n')
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      for (const line of chunk.split('\r\n').slice(0, -1)) {
        lines.push(line)
        if (isData) {
          if (line !== '.') continue
          isData = false
          socket.write('250 taken\r\n')
        } else if (line.startsWith('EHLO')) socket.write('250-test\r\n250 SMTPUTF8\r\n')
        else if (line === 'DATA') {
          isData = true
          socket.write('354 go on\r\n')
        } else socket.write(line === 'STARTTLS' ? '502 unknown\r\n' : '250 ok\r\n')
      }
    })
    socket.on('error', () => undefined)
  }
  const server = createServer(talk).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { lines, port: (server.address() as AddressInfo).port }
}

test('a mail goes to the mail server; one without TLS gets it only where that is allowed', async t => {
  const { lines, port } = await smtpServer(t)
  const smtp = { host: '127.0.0.1', port, secure: false }
  const settings = { from: 'warren@example.org', outbox: '/nowhere' }
  await createMailer({ ...settings, smtp: { ...smtp, allowPlain: true } }, CALENDAR).send(MAIL)
  assert.ok(lines.includes('DATA'))
  assert.ok(
    lines.some(line => line.startsWith('RCPT TO:<änn@example.org>')),
    lines.join('\n'),
  )
  const taken = lines.length
  const strict = createMailer({ ...settings, smtp: { ...smtp, allowPlain: false } }, CALENDAR)
  await assert.rejects(strict.send(MAIL))
  assert.ok(!lines.slice(taken).includes('DATA'))
})
