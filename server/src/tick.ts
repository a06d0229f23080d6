import type { Clock } from './clock.ts'

/** How often the loop looks, in milliseconds: no task runs more often. */
export const TICK_MILLIS = 50

interface Task {
  readonly every: number
  readonly run: (now: number) => void
  due: number
}

/** The only timer loop of the server. Tasks run at a fixed rate that does not drift with their own length. */
export class Tick {
  readonly #clock: Clock
  readonly #tasks: Task[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs the task every so many milliseconds, first after one period. */
  every(millis: number, run: (now: number) => void): void {
    this.#tasks.push({ every: millis, run, due: this.#clock.now() + millis })
  }

  /** Runs what is due. A late loop runs a task once, not once for each period that it missed. */
  run(): void {
    const now = this.#clock.now()
    for (const task of this.#tasks) {
      if (now < task.due) continue
      task.due += task.every * Math.ceil((now - task.due + 1) / task.every)
      task.run(now)
    }
  }

  start(): void {
    this.#timer ??= setInterval(() => this.run(), TICK_MILLIS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
