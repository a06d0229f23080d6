import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { freePort, oddLine, webProxy } from './proxies.ts'
import type { Stage } from './stage.ts'

/** Makes one of the things happen that can go wrong. */
export type Play = (stage: Stage) => Promise<void>

/** What the client says of itself in its handshake, and a level that is too old, of the same length. */
const LEVEL = '1.8.0'
const OBSOLETE_LEVEL = '0.5.9'

/** All of them, by the names that the guide has for them. */
export const CASES: Readonly<Record<string, Play>> = {
  async 'refused-port'(stage) {
    const port = await freePort()
    const nobody = stage.through({ port, close() {} }, 8080)
    await assert.rejects(stage.browser({ port: nobody.port }).connect())
  },

  async 'wrong-zone'(stage) {
    const sfs = stage.browser({ port: stage.server.port('http') })
    await sfs.connect()
    await assert.rejects(sfs.login('Ann', { zone: 'Arenna' }))
  },

  async 'name-taken'(stage) {
    const other = stage.node({})
    await other.connect()
    await other.login('Ann')
    await assert.rejects(other.login('Ann'))
  },

  async 'not-logged-in'(stage) {
    const sfs = stage.node({ answerSeconds: 1 })
    await sfs.connect()
    await stage.rejection('join', sfs.join('Lobby'))
  },

  async 'obsolete-version'(stage) {
    const change = (bytes: Buffer) =>
      Buffer.from(bytes.toString('latin1').replace(LEVEL, OBSOLETE_LEVEL), 'latin1')
    const { port } = stage.through(await oddLine(stage.server.port('tcp'), change), 9933)
    await assert.rejects(stage.node({ port }).connect())
  },

  async proxy(stage) {
    const { port } = stage.through(await webProxy(stage.server.port('http')), 8080)
    const sfs = stage.browser({ port })
    await sfs.connect()
    await sfs.login('Ann')
  },

  async certificate(stage) {
    const ports = { port: stage.server.port('tcp'), httpsPort: stage.server.port('https') }
    await assert.rejects(stage.node({ ...ports, useSSL: true }).connect())
    await stage.logged('The client broke TLS off at once: it may not trust the certificate')
  },

  async 'dead-line'(stage) {
    const line = stage.through(await oddLine(stage.server.port('tcp')), 9933)
    const sfs = stage.node({ port: line.port, silenceSeconds: 1 })
    await sfs.connect()
    await sfs.login('Ann')
    line.swallow()
    await sfs.next('connectionResume')
  },

  async expired(stage) {
    const line = stage.through(await oddLine(stage.server.port('tcp')), 9933)
    const sfs = stage.node({ port: line.port, zone: 'Brief', useBlueBox: false })
    await sfs.connect()
    await sfs.login('Ann')
    line.close()
    await sfs.next('connectionLost')
    await stage.logged('A session is over')
  },

  async udp(stage) {
    const deaf = createSocket('udp4')
    deaf.bind(0, '127.0.0.1')
    await once(deaf, 'listening')
    const { port } = stage.through({ port: deaf.address().port, close: () => deaf.close() }, 9933)
    const sfs = stage.node({ udpPort: port })
    await sfs.connect()
    await sfs.login('Ann')
    assert.equal(await sfs.initUdp(), false)
  },

  async 'config-file'(stage) {
    const sfs = stage.node({})
    await assert.rejects(sfs.loadConfig())
  },

  async kicked(stage) {
    const mod = await stage.moderator()
    const sfs = stage.node({ zone: 'Guarded' })
    await sfs.connect()
    const { user } = await sfs.login('Ann')
    mod.kick(user.id, { delaySeconds: 1 })
    await sfs.next('connectionLost')
    await stage.logged('A session is over')
  },

  async banned(stage) {
    const mod = await stage.moderator()
    const sfs = stage.node({ zone: 'Guarded' })
    await sfs.connect()
    const { user } = await sfs.login('Bob')
    mod.ban(user.id, { delaySeconds: 1 })
    await sfs.next('connectionLost')
    await stage.logged('A session is over')
    await sfs.connect()
    await assert.rejects(sfs.login('Bob'))
  },

  async idle(stage) {
    const sfs = stage.node({ zone: 'Sleepy' })
    await sfs.connect()
    await sfs.login('Ann')
    await sfs.next('connectionLost')
  },

  async 'no-key'(stage) {
    const port = await freePort()
    const nobody = stage.through({ port, close() {} }, 8443)
    const sfs = stage.node({ httpsPort: nobody.port })
    await sfs.connect()
    await assert.rejects(sfs.initCrypto())
  },

  async 'encrypted-zone'(stage) {
    const sfs = stage.node({ zone: 'Vault' })
    await sfs.connect()
    await assert.rejects(sfs.login('Ann'))
    // The client tries to come back with its login before it gives up.
    await stage.logged('A session is over', 2)
  },
}
