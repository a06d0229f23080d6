import type { Target } from './target.ts'

/** Waits until our own server has noticed that so many sessions lost their line and keeps them. */
export async function untilFrozen(target: Target, sessions = 1): Promise<void> {
  const { host, port } = target.http
  for (;;) {
    const response = await fetch(`http://${host}:${port}/metrics`)
    const frozen = /^warren_sessions\{state="frozen"\} (\d+)$/m.exec(await response.text())?.[1]
    if (Number(frozen) === sessions) return
  }
}
