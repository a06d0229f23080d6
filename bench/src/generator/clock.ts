/** Microseconds of some clock. */
export type Clock = () => number

const OFFSET = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000

/** Whole microseconds of the clock that all processes of this machine share: it only goes forward. */
export const machineMicros: Clock = () => Math.floor(performance.now() * 1000 + OFFSET)
