import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMetrics } from '../../src/load/metrics-text.ts'

test('CPU, memory and the delay of the event loop are read whatever prefix their names have', () => {
  const text = [
    '# HELP warren_process_cpu_seconds_total Total user and system CPU time spent in seconds.',
    '# TYPE warren_process_cpu_seconds_total counter',
    'warren_process_cpu_seconds_total 12.5',
    '',
    'warren_process_resident_memory_bytes 104857600 1700000000000',
    'nodejs_eventloop_lag_p99_seconds 0.025',
  ].join('\n')
  assert.deepEqual(readMetrics(text), { cpu: 12.5, resident: 104_857_600, loopDelay: 25 })
})

test('what is not told is not a number', () => {
  assert.ok(Number.isNaN(readMetrics('<html>').cpu))
})
