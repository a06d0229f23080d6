/** Milliseconds between two looks. */
export const LOOK_MILLIS = 2

/** Waits until something is so; looks every two milliseconds. */
export function until(met: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!met()) return
      clearInterval(timer)
      resolve()
    }
    const timer = setInterval(look, LOOK_MILLIS)
  })
}

/**
 * Waits until all that is expected has come, or nothing has for so many milliseconds. Silence is counted in looks, so
 * that a stalled machine loses nothing.
 */
export async function untilDrained(
  silence: number,
  count: () => { readonly delivered: number; readonly expected: number },
  isOver: () => boolean,
): Promise<void> {
  let last = -1
  let quietLooks = 0
  await until(() => {
    const { delivered, expected } = count()
    quietLooks = delivered === last ? quietLooks + 1 : 0
    last = delivered
    return delivered >= expected || quietLooks * LOOK_MILLIS > silence || isOver()
  })
  // What comes twice must have its chance.
  await new Promise(resolve => setTimeout(resolve, 20))
}
