import assert from 'node:assert/strict'
import {
  frameText,
  NulSplitter,
  readMessage,
  readRequest,
  renderMessage,
  renderRequest,
} from '../src/es3/index.ts'
import {
  CodecError,
  decodeObject,
  decodePacket,
  decodeRequest,
  decodeServerMessage,
  decodeUdpRequest,
  encodeObject,
  encodePacket,
  encodeRequest,
  encodeServerMessage,
  objectFromJSON,
  PacketError,
  PacketSplitter,
  readPacket,
  SFSArray,
  SFSObject,
} from '../src/index.ts'
import { zlibCompression } from '../src/node.ts'
import type { Random } from './random.ts'

const MAX_BODY = 2048
const MAX_INFLATED = 20_000
const LIMITS = { maxDepth: 20, maxElements: 2000 }
const ES3_LIMITS = { maxDepth: 8, maxNodes: 500 }

/** What must hold for any input; throws when it does not. */
export type Target = (bytes: Uint8Array, random: Random) => void

/** Runs a decoder; its own error means that the input was refused. */
function orRefused<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch (error) {
    if (error instanceof CodecError || error instanceof PacketError) return undefined
    throw error
  }
}

function elementsOf(value: unknown): number {
  if (value instanceof SFSObject || value instanceof SFSArray) {
    return value.values.reduce<number>((sum, item) => sum + 1 + elementsOf(item), 0)
  }
  return Array.isArray(value) ? value.length : 0
}

function depthOf(value: unknown): number {
  if (!(value instanceof SFSObject) && !(value instanceof SFSArray)) return 0
  return 1 + value.values.reduce<number>((most, item) => Math.max(most, depthOf(item)), 0)
}

/** The targets by name. */
export const targets: { readonly [name: string]: Target } = {
  'an object stays within its limits and survives encoding'(bytes) {
    const object = orRefused(() => decodeObject(bytes, LIMITS))
    if (object === undefined) return
    assert.ok(elementsOf(object) <= LIMITS.maxElements)
    assert.ok(depthOf(object) <= LIMITS.maxDepth)
    const again = decodeObject(encodeObject(object), LIMITS)
    assert.equal(JSON.stringify(again), JSON.stringify(object))
    assert.equal(JSON.stringify(objectFromJSON(JSON.parse(JSON.stringify(object)))).length > 0, true)
    for (const key of object.keys()) assert.ok(object.has(key))
  },

  'a request is decoded or a problem, and survives encoding'(bytes) {
    const request = decodeRequest(bytes, LIMITS)
    if ('problem' in request) {
      assert.ok(request.detail.length < 1000)
      return
    }
    const again = decodeRequest(encodeRequest(request.name, request.fields))
    assert.equal(JSON.stringify(again, exactly), JSON.stringify(request, exactly))
  },

  'a server message is decoded or a problem, and survives encoding'(bytes) {
    const message = decodeServerMessage(bytes, LIMITS)
    if ('problem' in message || message.name === 'Failure') return
    const again = decodeServerMessage(encodeServerMessage(message.name, message.fields))
    assert.equal(JSON.stringify(again, exactly), JSON.stringify(message, exactly))
  },

  'a datagram is decoded or a problem'(bytes) {
    const request = decodeUdpRequest(bytes, LIMITS)
    assert.ok('name' in request || request.detail.length < 1000)
  },

  'a stream gives the same packets for any chunking, and holds little'(bytes, random) {
    const whole = split([bytes])
    const chunks: Uint8Array[] = []
    for (let at = 0; at < bytes.length; ) {
      const end = at + 1 + random.below(20)
      chunks.push(bytes.subarray(at, end))
      at = end
    }
    assert.deepEqual(split(chunks), whole)
  },

  'a frame of ElectroServer 3 is a request or a problem, and stays what it is once it was written'(bytes) {
    const request = readRequest(frameText(bytes), ES3_LIMITS)
    if ('problem' in request) assert.ok(request.detail.length < 1000)
    else {
      const written = renderRequest(request)
      assert.ok(!written.includes('\0'))
      const again = readRequest(written)
      assert.ok('name' in again)
      assert.equal(again.name, request.name)
      assert.equal(renderRequest(again), written)
    }
  },

  'a frame of ElectroServer 3 is a message or a problem, and stays what it is once it was written'(bytes) {
    const message = readMessage(frameText(bytes), ES3_LIMITS)
    if ('problem' in message) return
    const written = renderMessage(message)
    const again = readMessage(written)
    assert.ok('name' in again)
    assert.equal(again.name, message.name)
    assert.equal(renderMessage(again), written)
  },

  'a stream of frames gives the same ones for any chunking, and holds little'(bytes, random) {
    const splitter = new NulSplitter({ maxFrameBytes: MAX_BODY })
    const frames: string[] = []
    const collect = (frame: Uint8Array): number => frames.push(Buffer.from(frame).toString('latin1'))
    const refused = orRefused(() => {
      for (let at = 0; at < bytes.length; ) {
        const end = at + 1 + random.below(20)
        splitter.push(bytes.subarray(at, end), collect)
        assert.ok(splitter.bufferedBytes <= MAX_BODY)
        at = end
      }
      return true
    })
    if (refused) assert.deepEqual(frames, Buffer.from(bytes).toString('latin1').split('\0').slice(0, -1))
  },

  'a message of its own is one packet or refused'(bytes) {
    const packet = orRefused(() => readPacket(bytes, { maxBodyBytes: MAX_BODY }))
    assert.ok(packet === undefined || packet.body.length <= MAX_BODY)
  },

  'a compressed body grows to its limit at most'(bytes, random) {
    const packed = encodePacket(bytes, { compression: zlibCompression, compressionThreshold: -1 })
    const body = packed.slice(3)
    if (random.below(2) === 0 && body.length > 2) body[2 + random.below(body.length - 2)] = random.below(256)
    const stages = { compression: zlibCompression, maxInflatedBytes: MAX_INFLATED }
    const inflated = orRefused(() => decodePacket(0xa0, body, stages))
    assert.ok(inflated === undefined || inflated.length <= MAX_INFLATED)
  },
}

function exactly(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  return Object.is(value, -0) ? '-0' : value
}

function split(chunks: readonly Uint8Array[]): readonly string[] {
  const splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY })
  const packets: string[] = []
  const refused = orRefused(() => {
    for (const chunk of chunks) {
      splitter.push(chunk, (flags, body) => packets.push(`${flags} ${Buffer.from(body).toString('hex')}`))
      assert.ok(splitter.bufferedBytes <= MAX_BODY + 5)
    }
    return true
  })
  if (refused === undefined) packets.push('refused')
  return packets
}
