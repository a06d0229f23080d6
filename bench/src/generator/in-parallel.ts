/** Things that are made at a time. */
const PARALLEL = 64

/**
 * Makes things by their number, many at a time, and gives them in order of their numbers.
 * @param onNews  hears of every hundredth
 */
export async function inParallel<T>(
  count: number,
  make: (number: number) => Promise<T>,
  onNews: (made: number) => void = () => {},
): Promise<T[]> {
  const made = new Array<T>(count)
  let begun = 0
  let done = 0
  const work = async () => {
    while (begun < count) {
      const number = begun++
      made[number] = await make(number)
      if (++done % 100 === 0) onNews(done)
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL, count) }, work))
  return made
}
