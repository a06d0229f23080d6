import { isComplete, type StepResult } from '../generator/step.ts'

/** Why a step does not count; empty when it does. @param limit  milliseconds of the 99th percentile of latency */
export function faultOf(result: StepResult, limit: number): string {
  const { lost, doubled, disordered, invented } = result.count
  if (result.closed.length > 0) return `${result.closed.length} lines closed (${result.closed[0]})`
  const faults = Object.entries({ lost, doubled, disordered, invented }).filter(([, count]) => count > 0)
  if (faults.length > 0) {
    return faults.map(([name, count]) => `${count.toLocaleString('en')} ${name}`).join(', ')
  }
  if (result.aborted) return 'fell behind by over 0.6 s'
  if (!isComplete(result) || result.latency.p99 >= limit * 1000) {
    return `p99 ${Math.round(result.latency.p99 / 1000)} ms`
  }
  return ''
}
