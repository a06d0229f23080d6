import { encodeObject, objectFromJSON, SFSObject } from '@warren/codec'
import { readTrace } from '@warren/conformance'
import { FakeWay } from './fake-way.ts'

type Step = ReturnType<typeof readTrace>['steps'][number]
type PacketStep = Extract<Step, { kind: 'request' | 'event' }>
type Params = PacketStep['packet']['params']

const TRACES = new URL('../../../conformance/fixtures/traces/', import.meta.url)

/** Members in the form of the recorder, in that of the codec. */
function json({ t, v }: Params[string]): { readonly type: string; readonly value: unknown } {
  if (t === 'SFS_OBJECT') return { type: t, value: members(v as Params) }
  if (t === 'SFS_ARRAY') return { type: t, value: (v as Params[string][]).map(json) }
  return { type: t, value: v }
}

function members(params: Params): Record<string, ReturnType<typeof json>> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, json(value)]))
}

function bodyOf({ packet }: PacketStep): Uint8Array {
  const params = objectFromJSON(members(packet.params) as Parameters<typeof objectFromJSON>[0])
  const root = new SFSObject().putSFSObject('p', params)
  return encodeObject(root.putShort('a', packet.action ?? -1).putByte('c', packet.controller ?? -1))
}

/** A stock server as it was recorded: it answers each request with what followed that request in the recording. */
export class RecordedWay extends FakeWay {
  readonly #connections: readonly PacketStep[][]
  /** What the recorded client asked, action by action, on each of its connections. */
  readonly recorded: readonly (readonly number[])[]
  #at = 0

  /** @param connections  names of the connections that one client had in the trace, one after the other */
  constructor(trace: string, connections: readonly string[]) {
    super('tcp')
    const { steps } = readTrace(new URL(`${trace}.json`, TRACES))
    this.#connections = connections.map(name =>
      steps.filter(
        (step): step is PacketStep =>
          (step.kind === 'request' || step.kind === 'event') && step.client === name,
      ),
    )
    this.recorded = this.#connections.map(of =>
      of.flatMap(({ kind, packet }) => (kind === 'request' ? [packet.action ?? -1] : [])),
    )
    this.onRequest = (request, line) => {
      if (request.name === 'Handshake') this.#at = 0
      const conversation = this.#connections[this.lines.length - 1] ?? []
      // The request of the recording, and then what followed it.
      this.#at++
      for (; conversation[this.#at]?.kind === 'event'; this.#at++) {
        const step = conversation[this.#at]
        if (step !== undefined) line.body(bodyOf(step))
      }
    }
  }
}
