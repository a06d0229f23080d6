import { setTimeout as sleep } from 'node:timers/promises'
import type { Candidate } from '../candidates.ts'
import type { BenchOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import { Rig } from '../rig.ts'

/** Milliseconds until a server that has taken its clients in is asked to collect its garbage. */
const SETTLE = 3000

/** Memory of a server with idle clients, in bytes. */
export interface IdleRow {
  readonly server: string
  readonly sessions: number
  readonly residentBefore: number
  readonly resident: number
  readonly perSession: number
}

/** Logs clients in, leaves them idle and reads the server's resident memory after a garbage collection. */
export async function runIdle(
  candidate: Candidate,
  options: BenchOptions,
  progress: Progress,
): Promise<IdleRow> {
  const { sessions } = options
  progress.stage(`${candidate.name}: ${sessions.toLocaleString('en')} idle sessions`)
  const rig = await Rig.build({
    candidate,
    clients: sessions,
    join: false,
    floorTick: options.floorTick,
    onNews: text => progress.detail(text),
  })
  try {
    await sleep(SETTLE)
    await rig.resident()
    await sleep(SETTLE / 2)
    const resident = await rig.resident()
    const open = await rig.openLines()
    if (open < sessions) throw new Error(`${candidate.name} closed ${sessions - open} idle lines`)
    return {
      server: candidate.name,
      sessions,
      residentBefore: rig.residentBefore,
      resident,
      perSession: (resident - rig.residentBefore) / sessions,
    }
  } finally {
    await rig.close()
  }
}
