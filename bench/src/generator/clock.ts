/** Microseconds of some clock. */
export type Clock = () => number

const TRIES = 200

/**
 * From the clock of this process to that of the machine. Between the two readings others may have had the core, which
 * makes the difference smaller: the largest of many is the true one.
 */
function offset(): number {
  let largest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < TRIES; i++) {
    const machine = Number(process.hrtime.bigint()) / 1000
    largest = Math.max(largest, machine - performance.now() * 1000)
  }
  return largest
}

const OFFSET = offset()

/** Whole microseconds of the clock that all processes of this machine share: it only goes forward. */
export const machineMicros: Clock = () => Math.floor(performance.now() * 1000 + OFFSET)
