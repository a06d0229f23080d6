import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { canPin } from '../child-process.ts'
import type { BenchOptions } from '../options.ts'
import { SERVER_CORE } from '../rig.ts'

/** Time of one run of a codec on the ten-field nested object of codec.ts. */
export interface CodecRow {
  readonly operation: 'encode' | 'decode' | 'encode + decode'
  readonly codec: string
  readonly microseconds: number
}

const NAMES = new Map([
  ['warren', 'Warren'],
  ['official', 'sfs2x-api'],
  ['msgpackr', 'msgpackr'],
])

/** Runs codec.ts on the server's core and reads its lines. */
export async function runCodec(options: BenchOptions): Promise<CodecRow[]> {
  const script = fileURLToPath(new URL('../codec.ts', import.meta.url))
  const command = [process.execPath, script, '--rounds', options.quick ? '15' : '60']
  if (canPin) command.unshift('taskset', '-c', String(SERVER_CORE))
  const [program, ...args] = command as [string, ...string[]]
  const { stdout } = await promisify(execFile)(program, args)
  const rows = readCodecLines(stdout)
  if (rows.length === 0) throw new Error('codec.ts printed no times')
  return rows
}

/** Reads lines like `warren encode 812 ns`, and adds the sum of both operations for each codec. */
export function readCodecLines(text: string): CodecRow[] {
  const rows: CodecRow[] = []
  for (const [, name, operation, nanos] of text.matchAll(/^(\w+) (encode|decode)\s+(\d+) ns$/gm)) {
    const codec = NAMES.get(name ?? '')
    if (codec === undefined || (operation !== 'encode' && operation !== 'decode')) continue
    rows.push({ operation, codec, microseconds: Number(nanos) / 1000 })
  }
  const codecs = new Set(rows.map(row => row.codec))
  const sums = Array.from(codecs, codec => ({
    operation: 'encode + decode' as const,
    codec,
    microseconds: rows.filter(row => row.codec === codec).reduce((sum, row) => sum + row.microseconds, 0),
  }))
  return [...rows, ...sums]
}
