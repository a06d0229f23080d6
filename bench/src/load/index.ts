/** The load generator, for the command line. */
export type { BenchSurroundings } from './bench-surroundings.ts'
export { bench } from './load-command.ts'
