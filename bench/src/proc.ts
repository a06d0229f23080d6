import { existsSync, readFileSync } from 'node:fs'

/** Ticks a second of /proc/PID/stat; 100 on every Linux that Node runs on. */
const TICKS = 100

/** CPU seconds, user and system, of all threads of a process. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

/** CPU seconds that the machine was busy, and that its host gave to others (steal); NaN where there is no `/proc`. */
export function machineCpuSeconds(): number {
  if (!existsSync('/proc/stat')) return Number.NaN
  const line = readFileSync('/proc/stat', 'latin1').split('\n', 1)[0] ?? ''
  const [user, nice, system, , , irq, softirq, steal] = line.trim().split(/\s+/).slice(1).map(Number)
  return sum([user, nice, system, irq, softirq, steal]) / TICKS
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0)
}

/** Resident memory of a process in bytes; NaN where there is no `/proc`. */
export function residentBytes(pid: number): number {
  if (!existsSync(`/proc/${pid}/status`)) return Number.NaN
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
  return Number(line?.[1] ?? Number.NaN) * 1024
}
