import { once } from 'node:events'
import { Session } from 'node:inspector/promises'

/** Bytes between two samples of allocations, on average. */
const SAMPLING_BYTES = 32_768
/** Microseconds between two looks at the stack. */
const SAMPLING_MICROS = 500

/** Lets the benchmark that started this process record profiles of it. */
export function obeyProfiler(): void {
  process.on('message', async message => {
    if (message !== 'profile') return
    const session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_MICROS })
    await session.post('HeapProfiler.startSampling', {
      samplingInterval: SAMPLING_BYTES,
      // What was thrown away again is what collecting costs.
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    })
    await session.post('Profiler.start')
    process.send?.({ type: 'profiling' })
    await ended()
    const cpu = await session.post('Profiler.stop')
    const heap = await session.post('HeapProfiler.stopSampling')
    session.disconnect()
    process.send?.({ type: 'profiled', cpu: cpu.profile, heap: heap.profile })
  })
}

async function ended(): Promise<void> {
  for (;;) {
    const [message] = await once(process, 'message')
    if (message === 'profile-end') return
  }
}
