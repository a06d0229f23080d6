import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FlashPolicy, type FlashSettings, matchPolicyRequest } from '../../src/transport/flash-policy.ts'
import { openRig, packet, type Rig } from './rig.ts'

const REQUEST = '<policy-file-request/>'

const fileOf = (grants: string) =>
  '<?xml version="1.0"?>\n' +
  '<!DOCTYPE cross-domain-policy SYSTEM "/xml/dtds/cross-domain-policy.dtd">\n' +
  `<cross-domain-policy>${grants}</cross-domain-policy>\0`

/** A policy of one domain and one port, so that tests know its bytes. */
const onePort = (settings: Partial<FlashSettings> = {}) =>
  new FlashPolicy({ domains: ['games.example.com'], ports: [9875], ...settings })

const ONE_GRANT = fileOf('<allow-access-from domain="games.example.com" to-ports="9875"/>')

/** Everything that the server answers to some chunks, until it closes. */
async function ask(rig: Rig, ...chunks: string[]): Promise<string> {
  const client = await rig.connect()
  for (const [i, chunk] of chunks.entries()) {
    const { bytesReceived } = rig.lines.stats
    client.send(Buffer.from(chunk))
    while (i < chunks.length - 1 && rig.lines.stats.bytesReceived === bytesReceived) await turn()
  }
  await client.closed()
  return client.received.toString('latin1')
}

const turn = () => new Promise(resolve => setImmediate(resolve))

describe('the policy file', () => {
  it('grants the own ports, and the ones of listeners that open later', () => {
    const policy = new FlashPolicy({ domains: ['games.example.com', '*.example.org'] })
    policy.add(9933)
    assert.equal(
      policy.file.toString(),
      fileOf(
        '<allow-access-from domain="games.example.com" to-ports="9933"/>' +
          '<allow-access-from domain="*.example.org" to-ports="9933"/>',
      ),
    )
    policy.add(9875)
    assert.match(policy.file.toString(), /domain="games\.example\.com" to-ports="9875,9933"/)
  })

  it('grants the ports that the operator names in place of the own ones', () => {
    const policy = new FlashPolicy({ domains: ['*'], ports: [843, '9900-9910'] })
    policy.add(9933)
    assert.equal(policy.file.toString(), fileOf('<allow-access-from domain="*" to-ports="843,9900-9910"/>'))
  })

  it('grants nothing to anybody unless somebody is named', () => {
    const policy = new FlashPolicy({ domains: [] })
    policy.add(9933)
    assert.equal(policy.file.toString(), fileOf(''))
    assert.equal(new FlashPolicy({ domains: ['*'] }).file.toString(), fileOf(''))
  })
})

describe('the first bytes of a line', () => {
  it('are a policy request when all of it is there, whatever follows', () => {
    assert.equal(matchPolicyRequest(Buffer.from(REQUEST)), 'request')
    assert.equal(matchPolicyRequest(Buffer.from(`${REQUEST}\0`)), 'request')
    assert.equal(matchPolicyRequest(Buffer.from(`${REQUEST}\r\n`)), 'request')
  })

  it('are undecided as long as they may become one, and nothing else from the first other byte on', () => {
    for (let length = 0; length < REQUEST.length; length++) {
      assert.equal(matchPolicyRequest(Buffer.from(REQUEST.slice(0, length))), 'undecided')
      assert.equal(matchPolicyRequest(Buffer.from(`${REQUEST.slice(0, length)}!`)), 'other')
    }
    assert.equal(matchPolicyRequest(Buffer.from('<XmlDoc>')), 'other')
  })
})

for (const transport of ['tcp', 'tls'] as const) {
  describe(`a game port over ${transport}`, () => {
    const open = () => openRig(transport, { policy: onePort() })

    it('answers Flash Player with the policy file and closes, without a line for anybody', async () => {
      await using rig = await open()
      assert.equal(await ask(rig, `${REQUEST}\0`), ONE_GRANT)
      assert.equal(rig.lines.stats.policyRequests, 1)
      assert.deepEqual(rig.owners, [])
      assert.deepEqual(rig.reasons, [])
      while (rig.lines.size > 0) await turn()
      assert.equal(rig.lines.connections.addresses, 0)
    })

    it('answers a request in single bytes', async () => {
      await using rig = await open()
      assert.equal(await ask(rig, ...REQUEST), ONE_GRANT)
    })

    it('answers a request without its zero byte, and with something else in its place', async () => {
      await using rig = await open()
      assert.equal(await ask(rig, REQUEST), ONE_GRANT)
      assert.equal(await ask(rig, `${REQUEST}\r\n`), ONE_GRANT)
    })

    it('gives up on a request that stops half way', async () => {
      await using rig = await open()
      const client = await rig.connect()
      client.send(Buffer.from('<policy-file'))
      while (rig.lines.stats.bytesReceived < 12) await turn()
      rig.pass(10)
      await client.closed()
      assert.deepEqual(rig.reasons, ['handshake-timeout'])
      assert.deepEqual(rig.owners, [])
    })

    it('gives the owner every byte of a line that only begins like a request', async () => {
      await using rig = await open()
      const client = await rig.connect()
      client.send(Buffer.from('<pol'))
      while (rig.lines.stats.bytesReceived < 4) await turn()
      client.send(Buffer.from('ish/>'))
      await rig.until(() => rig.owners.length > 0)
      const [owner] = rig.owners
      await owner?.until(() => owner.bytes.length === 9)
      assert.equal(String(owner?.bytes), '<polish/>')
      client.close()
    })

    it('does not wait for ever for a player that holds the line', async () => {
      await using rig = await open()
      const client = await rig.connect()
      client.pause()
      client.send(Buffer.from(`${REQUEST}\0`))
      while (rig.lines.stats.policyRequests === 0) await turn()
      assert.equal(rig.lines.size, 1)
      rig.pass(3)
      while (rig.lines.size > 0) await turn()
      client.drop()
    })

    it('tells the operator of a player that is granted nothing', async () => {
      await using rig = await openRig(transport, { policy: onePort({ domains: [] }) })
      assert.equal(await ask(rig, `${REQUEST}\0`), fileOf(''))
      assert.deepEqual(rig.reasons, ['no-policy'])
    })

    it('does not count a policy request among the pending handshakes once it is gone', async () => {
      await using rig = await openRig(transport, {
        policy: onePort(),
        limits: { maxPendingHandshakes: 1, maxConnectionsPerAddress: 1 },
      })
      for (let i = 0; i < 3; i++) {
        assert.equal(await ask(rig, `${REQUEST}\0`), ONE_GRANT)
        while (rig.lines.size > 0) await turn()
      }
      await rig.open()
    })
  })
}

describe('a policy port', () => {
  const open = () => openRig('tcp', { policy: onePort(), isPolicyPort: true })

  it('answers the policy file', async () => {
    await using rig = await open()
    assert.equal(await ask(rig, `${REQUEST}\0`), ONE_GRANT)
    assert.deepEqual(rig.reasons, [])
  })

  it('refuses everything else', async () => {
    await using rig = await open()
    assert.equal(await ask(rig, 'GET / HTTP/1.1\r\n\r\n'), '')
    assert.deepEqual(rig.reasons, ['protocol'])
  })

  it('closes a line that stays silent', async () => {
    await using rig = await open()
    const client = await rig.connect()
    while (rig.lines.size === 0) await turn()
    rig.pass(10)
    await client.closed()
    assert.deepEqual(rig.reasons, ['handshake-timeout'])
  })
})

describe('a port where the server has the first word', () => {
  const greeting = packet(0x48, 0x69)
  const open = async (greetAfterMillis: number) => {
    const rig = await openRig('tcp', { policy: onePort(), greetAfterMillis })
    rig.onAccept = owner => owner.connection.send([greeting])
    return rig
  }

  it('says it to a client that is silent', async () => {
    await using rig = await open(1)
    const client = await rig.connect()
    await client.until(() => client.received.length > 0)
    assert.equal(String(client.received), 'Hi')
    client.close()
  })

  it('says it to a client that cannot wait, before its bytes are read', async () => {
    await using rig = await open(60_000)
    const client = await rig.connect()
    client.send(Buffer.from('<XmlDoc>'))
    await client.until(() => client.received.length > 0)
    const [owner] = rig.owners
    await owner?.until(() => owner.bytes.length > 0)
    assert.equal(String(owner?.bytes), '<XmlDoc>')
    client.close()
  })

  it('does not say it to Flash Player, which would take it for a policy', async () => {
    await using rig = await open(60_000)
    assert.equal(await ask(rig, `${REQUEST}\0`), ONE_GRANT)
    assert.deepEqual(rig.owners, [])
  })

  it('does not say it to a line that closed meanwhile', async () => {
    await using rig = await open(5)
    const client = await rig.connect()
    client.drop()
    while (rig.lines.size > 0 || rig.lines.connections.pending > 0) await turn()
    await new Promise(resolve => setTimeout(resolve, 20))
    assert.deepEqual(rig.owners, [])
  })
})
