import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  clientFrame,
  type FrameScanner,
  maskFrame,
  plainPacket,
  scanPackets,
  scanWebSocket,
  scanZeroes,
  WS_BINARY,
} from '../src/generator/framing.ts'
import {
  blankPayload,
  findMarker,
  PAYLOAD_BYTES,
  readSender,
  readSequence,
  readTime,
  stampPayload,
  TIME_MASK,
} from '../src/generator/payload.ts'

function scan(
  scanner: FrameScanner,
  bytes: Uint8Array,
): { frames: [kind: number, size: number][]; at: number } {
  const frames: [number, number][] = []
  const at = scanner(bytes, 0, bytes.length, {
    frame: (_bytes, start, end, kind) => frames.push([kind, end - start]),
  })
  return { frames, at }
}

function webSocketFrame(size: number): Uint8Array {
  const body = new Uint8Array(size)
  if (size < 126) return Buffer.concat([Uint8Array.of(0x82, size), body])
  if (size <= 0xffff) return Buffer.concat([Uint8Array.of(0x82, 126, size >> 8, size & 0xff), body])
  return Buffer.concat([
    Uint8Array.of(0x82, 127, 0, 0, 0, 0, 0, size >> 16, (size >> 8) & 0xff, size & 0xff),
    body,
  ])
}

test('WebSocket frames of every length form are found, and an incomplete one is left', () => {
  const whole = Buffer.concat([0, 125, 126, 65_535, 65_536].map(webSocketFrame))
  const bytes = Buffer.concat([whole, webSocketFrame(10).subarray(0, 7)])
  const { frames, at } = scan(scanWebSocket, bytes)
  assert.deepEqual(frames, [
    [2, 0],
    [2, 125],
    [2, 126],
    [2, 65_535],
    [2, 65_536],
  ])
  assert.equal(at, whole.length)
})

test('packets with short and long length fields are found, and a cut header is left', () => {
  const long = Buffer.concat([Uint8Array.of(0x88, 0, 1, 0, 0), new Uint8Array(65_536)])
  const whole = Buffer.concat([plainPacket(new Uint8Array(300)), long])
  const { frames, at } = scan(scanPackets, Buffer.concat([whole, Uint8Array.of(0x80, 0)]))
  assert.deepEqual(frames, [
    [0x80, 300],
    [0x88, 65_536],
  ])
  assert.equal(at, whole.length)
})

test('frames that end in a zero byte are found without it, and what is not ended is left', () => {
  const { frames, at } = scan(scanZeroes, Uint8Array.of(1, 2, 0, 0, 3, 0, 4))
  assert.deepEqual(frames, [
    [0, 2],
    [0, 0],
    [0, 1],
  ])
  assert.equal(at, 6)
})

test('a masked frame says that it is masked, differs from its payload and comes back with the key', () => {
  for (const size of [5, 200]) {
    const payload = new Uint8Array(size).fill(0x61)
    const frame = clientFrame(payload, WS_BINARY)
    maskFrame(frame)
    const header = size < 126 ? 2 : 4
    assert.equal((frame[1] as number) & 0x80, 0x80)
    const key = frame.subarray(header, header + 4)
    const masked = frame.subarray(header + 4)
    assert.notDeepEqual(masked, payload)
    assert.deepEqual(
      masked.map((byte, i) => byte ^ (key[i & 3] as number)),
      payload,
    )
  }
})

test('the numbers of a payload come back and the payload stays 64 bytes of plain text', () => {
  const bytes = new Uint8Array(200)
  bytes.set(blankPayload(), 40)
  for (const [sender, sequence, time] of [
    [0, 0, 0],
    [999, 123_456_789, 987_654_321],
    [(1 << 20) - 1, TIME_MASK, TIME_MASK],
  ] as const) {
    stampPayload(bytes, 40, sender, sequence, time)
    const at = findMarker(bytes, 0, bytes.length)
    assert.equal(at, 40)
    assert.deepEqual(
      [readSender(bytes, at), readSequence(bytes, at), readTime(bytes, at)],
      [sender, sequence, time],
    )
    const text = Buffer.from(bytes.subarray(at, at + PAYLOAD_BYTES)).toString('latin1')
    assert.equal(JSON.stringify(text), `"${text}"`)
  }
})
