/**
 * Pings again and again, and tells the average of the last answers.
 * @param ping  rejects when there is no answer
 * @param signal  ends it
 */
export function monitorLag(
  ping: () => Promise<number>,
  seconds: number,
  samples: number,
  signal: AbortSignal,
  onAverage: (millis: number) => void,
): void {
  if (signal.aborted) return
  const values: number[] = []
  let isBusy = false
  const measure = async () => {
    if (isBusy) return
    isBusy = true
    try {
      values.push(await ping())
      if (values.length > samples) values.shift()
      const sum = values.reduce((total, value) => total + value, 0)
      if (!signal.aborted) onAverage(Math.round(sum / values.length))
    } catch {
      // No answer is no measurement; the next one may have better luck.
    }
    isBusy = false
  }
  const timer = setInterval(measure, seconds * 1000)
  signal.addEventListener('abort', () => clearInterval(timer))
}
