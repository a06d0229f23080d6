import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { fullConfig } from '../src/config.ts'
import { readConfigFile } from '../src/node/config-file.ts'

const FULL = `<?xml version="1.0" encoding="UTF-8"?>
<!-- A comment -->
<SmartFoxConfig>
  <ip> play.example.com </ip>
  <port>9934</port>
  <zone>Games &amp; more</zone>
  <debug>true</debug>
  <useSSL>TRUE</useSSL>
  <httpPort>8081</httpPort>
  <httpsPort>8444</httpsPort>
  <useBlueBox>false</useBlueBox>
  <blueBoxPollingRate>500</blueBoxPollingRate>
  <udpIp>udp.example.com</udpIp>
  <udpPort>9935</udpPort>
  <forceIPv6>false</forceIPv6>
  <somethingElse><inside>1</inside></somethingElse>
</SmartFoxConfig>`

function fileOf(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'sfs-config.xml')
  writeFileSync(file, text)
  return file
}

describe('sfs-config.xml', () => {
  test('is read with all its elements', async t => {
    assert.deepEqual(await readConfigFile(fileOf(t, `\uFEFF${FULL}`)), {
      host: 'play.example.com',
      port: 9934,
      zone: 'Games & more',
      debug: true,
      useSSL: true,
      httpPort: 8081,
      httpsPort: 8444,
      useBlueBox: false,
      blueBoxPollingRate: 500,
      udpHost: 'udp.example.com',
      udpPort: 9935,
    })
  })

  test('may have the former names, which count less than those of today', async t => {
    const old = FULL.replace(/<httpPort>.*<\/httpPort>/, '<blueBoxPort>8082</blueBoxPort>').replace(
      '</SmartFoxConfig>',
      '<smartConnect>true</smartConnect><httpPollSpeed>900</httpPollSpeed></SmartFoxConfig>',
    )
    const { httpPort, useBlueBox, blueBoxPollingRate } = await readConfigFile(fileOf(t, old))
    assert.deepEqual([httpPort, useBlueBox, blueBoxPollingRate], [8082, false, 500])
  })

  test('may have the elements of other clients, which change nothing', async t => {
    const others = ['forceIPv6', 'tcpNoDelay', 'blueBoxIpAddress', 'rawProtocolSeparator']
    const more = others.map(name => `<${name}>true</${name}>`).join('')
    const text = FULL.replace('</SmartFoxConfig>', `${more}</SmartFoxConfig>`).replace(
      '<forceIPv6>false</forceIPv6>',
      '',
    )
    assert.deepEqual(await readConfigFile(fileOf(t, text)), await readConfigFile(fileOf(t, FULL)))
  })

  test('may name the host of UDP as clients of iOS do', async t => {
    const text = FULL.replaceAll('udpIp', 'udpHost')
    assert.equal((await readConfigFile(fileOf(t, text))).udpHost, 'udp.example.com')
  })

  test('is fetched from a URL', async t => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/sfs-config.xml' ? 200 : 404
      response.end(FULL)
    })
    t.after(() => server.close())
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const url = `http://127.0.0.1:${address.port}`
    assert.equal((await readConfigFile(`${url}/sfs-config.xml`)).port, 9934)
    await assert.rejects(readConfigFile(`${url}/other.xml`), /status 404/)
  })

  for (const [what, text, says] of [
    ['is broken', '<SmartFoxConfig><ip>x</SmartFoxConfig>', /line 1/],
    ['is another file', '<Config><ip>x</ip><port>1</port><zone>z</zone></Config>', /begins with Config/],
    ['is empty', '<SmartFoxConfig/>', /no ip/],
    ['names no zone', '<SmartFoxConfig><ip>x</ip><port>1</port><zone> </zone></SmartFoxConfig>', /no zone/],
  ] as const) {
    test(`that ${what} is refused with the reason`, async t => {
      await assert.rejects(readConfigFile(fileOf(t, text)), says)
    })
  }

  test('that is not there is an error that names it', async () => {
    await assert.rejects(readConfigFile('nowhere/sfs-config.xml'), /nowhere/)
  })

  test('with a number that is none is refused when it is used', async t => {
    const config = await readConfigFile(fileOf(t, FULL.replace('9934', 'many')))
    assert.throws(() => fullConfig(config), /port must be a number/)
  })
})

describe('a configuration', () => {
  test('has defaults for what is left out', () => {
    const { host, port, httpPort, httpsPort, useBlueBox, blueBoxPollingRate, udpPort } = fullConfig({})
    assert.deepEqual(
      [host, port, httpPort, httpsPort, useBlueBox, blueBoxPollingRate, udpPort],
      ['127.0.0.1', undefined, 8080, 8443, true, 750, 9933],
    )
  })

  for (const wrong of [
    { host: '' },
    { port: -1 },
    { httpsPort: 1.5 },
    { udpPort: 65_536 },
    { answerSeconds: 0 },
  ]) {
    test(`with ${JSON.stringify(wrong)} is refused`, () => {
      assert.throws(() => fullConfig(wrong), TypeError)
    })
  }
})
