/** `node bench/src/aoi.ts <case>`: measures one case of `aoi-cases-ma.ts` in this process and prints it as JSON. */
import { type AoiSettings, createAoi } from '@warren/server/internal'
import { type AoiCase, CASES, type CaseName, HALF_AREA } from './aoi-cases-ma.ts'
import { AoiFloor } from './aoi-floor.ts'
import { cpuSeconds, machineCpuSeconds } from './proc.ts'

/** What is measured: positions in, and out who came and went. */
interface Subject {
  place(user: number, x: number, y: number): void
  /** @returns how many came into some view, or left one */
  step(): number
}

const name = process.argv[2] as CaseName
const plan: AoiCase | undefined = CASES[name]
if (!plan) throw new Error(`No case ${name}; there are ${Object.keys(CASES).join(', ')}`)
const ticks = Math.max(1, Math.min(Number(process.argv[3]) || 200, Math.ceil(2_000_000 / plan.users)))
console.log(JSON.stringify(measure(plan, plan.isFloor ? floorOf(plan) : gridOf(plan), ticks)))

function gridOf({ users, leaveFactor, maxVisible }: AoiCase): Subject {
  const settings: AoiSettings = {
    aoi: { x: HALF_AREA, y: HALF_AREA, z: 0 },
    ...(leaveFactor === undefined ? {} : { leaveFactor }),
    ...(maxVisible === undefined ? {} : { maxVisible }),
  }
  const aoi = createAoi<number, number>(settings)
  for (let user = 0; user < users; user++) aoi.users.add(user)
  return {
    place: (user, x, y) => aoi.users.place(user, x, y, 0),
    step() {
      let changes = 0
      aoi.step(({ usersIn, usersOut }) => {
        for (let index = 0; index < usersIn.length; index++) changes += usersIn.at(index) >= 0 ? 1 : 0
        for (let index = 0; index < usersOut.length; index++) changes += usersOut.at(index) >= 0 ? 1 : 0
      })
      return changes
    },
  }
}

function floorOf({ users, halfMap }: AoiCase): Subject {
  const floor = new AoiFloor(users, HALF_AREA, halfMap)
  return {
    place: (user, x, y) => floor.place(user, x, y),
    step() {
      let changes = 0
      floor.step(halfMap, (_, came, left) => {
        changes += came.length + left.length
      })
      return changes
    },
  }
}

function measure({ users, halfMap, speed, every }: AoiCase, subject: Subject, count: number): object {
  const chance = chanceOf(1)
  const [x, y, dx, dy] = [0, 1, 2, 3].map(() => new Float64Array(users)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let user = 0; user < users; user++) {
    x[user] = (2 * chance() - 1) * halfMap
    y[user] = (2 * chance() - 1) * halfMap
    const angle = 2 * Math.PI * chance()
    dx[user] = Math.cos(angle) * speed
    dy[user] = Math.sin(angle) * speed
    subject.place(user, x[user] ?? 0, y[user] ?? 0)
  }
  const inView = subject.step() / users
  const times: number[] = []
  let changes = 0
  const warmUp = Math.ceil(count / 4)
  let before = { machine: machineCpuSeconds(), own: cpuSeconds(process.pid), at: performance.now() }
  for (let tick = 0; tick < warmUp + count; tick++) {
    if (tick === warmUp) {
      before = { machine: machineCpuSeconds(), own: cpuSeconds(process.pid), at: performance.now() }
      changes = 0
    }
    for (let user = tick % every; user < users; user += every) {
      walk(x, dx, user, halfMap)
      walk(y, dy, user, halfMap)
    }
    const started = performance.now()
    for (let user = tick % every; user < users; user += every) subject.place(user, x[user] ?? 0, y[user] ?? 0)
    changes += subject.step()
    if (tick >= warmUp) times.push(performance.now() - started)
  }
  const seconds = (performance.now() - before.at) / 1000
  const others = machineCpuSeconds() - before.machine - (cpuSeconds(process.pid) - before.own)
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN
  return {
    inView,
    changes: changes / count,
    median: at(0.5),
    p95: at(0.95),
    otherCpu: Math.max(0, others / seconds),
    ticks: count,
  }
}

function walk(places: Float64Array, steps: Float64Array, user: number, halfMap: number): void {
  const next = (places[user] ?? 0) + (steps[user] ?? 0)
  if (Math.abs(next) > halfMap) steps[user] = -(steps[user] ?? 0)
  else places[user] = next
}

/** Numbers from 0 to 1 that are the same in each run. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
