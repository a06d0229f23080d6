import type { TestContext } from 'node:test'

/** Lets everything happen that waits for nothing. */
export function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** Waits until something is so, which depends on nothing but code that is loaded. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await settle()
}

/** Lets time pass on a clock that the test has stopped. */
export async function passTime(t: TestContext, millis: number): Promise<void> {
  t.mock.timers.tick(millis)
  await settle()
}
