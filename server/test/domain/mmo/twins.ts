import assert from 'node:assert/strict'
import type { Aoi, AoiSettings, Slots, Vector } from '../../../src/domain/mmo/aoi.ts'
import { createAoi } from '../../../src/domain/mmo/create-aoi.ts'
import { PlainAoi } from './plain-aoi.ts'

export type Kind = 'users' | 'items'

/** The same room twice: found with grids, and by comparing everybody with everybody. */
export class Twins {
  readonly aoi: Aoi<number, number>
  readonly plain: Aoi<number, number>
  readonly users: number[] = []
  readonly items: number[] = []
  #serial = 0

  constructor(settings: AoiSettings) {
    this.aoi = createAoi(settings)
    this.plain = new PlainAoi(settings)
  }

  both(act: (aoi: Aoi<number, number>) => number | undefined): number {
    const slot = act(this.aoi)
    assert.equal(act(this.plain), slot, 'slots are given out alike')
    return slot ?? -1
  }

  add(kind: Kind): number {
    const serial = this.#serial++
    const slot = this.both(aoi => aoi[kind].add(serial))
    this[kind].push(slot)
    return slot
  }

  place(kind: Kind, slot: number, { x, y, z }: Vector): void {
    this.both(aoi => void aoi[kind].place(slot, x, y, z))
  }

  remove(kind: Kind, slot: number): void {
    this.both(aoi => void aoi[kind].remove(slot))
    this[kind].splice(this[kind].indexOf(slot), 1)
  }

  step(): void {
    assert.deepEqual(stepOf(this.aoi), stepOf(this.plain))
  }

  compareQueries(center: Vector, box: Vector): void {
    const near = (aoi: Aoi<number, number>) => [
      sorted(visit => aoi.users.forEachNear(center, box, visit)),
      sorted(visit => aoi.items.forEachNear(center, box, visit)),
    ]
    assert.deepEqual(near(this.aoi), near(this.plain), 'who is near')
    const views = (aoi: Aoi<number, number>) => [
      ...this.users.flatMap(slot => [
        sorted(visit => aoi.forEachUserInView(slot, visit)),
        sorted(visit => aoi.forEachItemInView(slot, visit)),
        sorted(visit => aoi.forEachViewerOfUser(slot, visit)),
      ]),
      ...this.items.map(slot => sorted(visit => aoi.forEachViewerOfItem(slot, visit))),
    ]
    assert.deepEqual(views(this.aoi), views(this.plain), 'who sees whom')
  }
}

function sorted(forEach: (visit: (slot: number) => void) => void): number[] {
  const slots: number[] = []
  forEach(slot => slots.push(slot))
  return slots.sort((a, b) => a - b)
}

function stepOf(aoi: Aoi<number, number>): unknown {
  const lines: Record<number, number[][]> = {}
  aoi.step(({ viewer, usersIn, usersOut, itemsIn, itemsOut }) => {
    assert.equal(lines[viewer], undefined, 'one change a viewer')
    lines[viewer] = [listOf(usersIn), listOf(usersOut), listOf(itemsIn), listOf(itemsOut)]
  })
  return lines
}

function listOf(slots: Slots): number[] {
  return Array.from({ length: slots.length }, (_, index) => slots.at(index))
}
