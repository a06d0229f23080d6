import assert from 'node:assert/strict'
import {
  decodePacket,
  decodeServerMessage,
  encodePacket,
  encodeRequest,
  type RequestFields,
  type RequestName,
  readPacket,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import type { TestServer } from '../../src/internal.ts'
import type { CloseReason, ConnectionHandler, Framing } from '../../src/transport/connection.ts'
import { FakeConnection } from './fake-connection.ts'

/** Somebody on a line, who reads what he is sent. */
export class Client {
  readonly line: FakeConnection
  readonly #handler: ConnectionHandler
  readonly #server: TestServer

  constructor(server: TestServer, framing: Framing = 'message') {
    this.#server = server
    this.line = new FakeConnection(framing)
    this.#handler = server.accept(this.line)
  }

  async ask<N extends RequestName>(name: N, fields: RequestFields<N>): Promise<void> {
    this.#handler.onBytes(encodePacket(encodeRequest(name, fields)))
    await this.#server.settle()
  }

  /** Sends bytes as they are. */
  send(bytes: Uint8Array): void {
    this.#handler.onBytes(bytes)
  }

  /** The line is gone. */
  end(reason: CloseReason): void {
    this.#handler.onClose(reason)
  }

  /** Messages since the last call. */
  async heard(): Promise<{ name: string; fields: Record<string, unknown> }[]> {
    await this.#server.settle()
    return this.line.sends.splice(0).flatMap(packets =>
      packets.map(packet => {
        const { flags, body } = readPacket(packet.bytes, { maxBodyBytes: 1_000_000 })
        const plain = decodePacket(flags, body, { compression: zlibCompression, maxInflatedBytes: 1_000_000 })
        const message = decodeServerMessage(plain)
        assert.ok('name' in message)
        const fields = 'fields' in message ? message.fields : message
        return { name: message.name, fields: { ...fields } }
      }),
    )
  }

  async names(): Promise<string[]> {
    return (await this.heard()).map(message => message.name)
  }
}

/** Somebody who is logged in to the zone `Test`; what came of that is read. */
export async function userOn(server: TestServer, userName: string): Promise<Client> {
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName, password: '' })
  await client.heard()
  return client
}
