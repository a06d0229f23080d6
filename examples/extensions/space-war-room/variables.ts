import { SFSType, type SFSValue } from '@warren/codec'
import { MmoItem } from '@warren/server'
import type { Body, Ship, Shot } from './bodies.ts'

/** Numbers that are always of one type, whatever their value. */
const double = (value: number): SFSValue => ({ type: SFSType.DOUBLE, value })

/** Where something is and where it goes, as clients know it. */
export const courseOf = ({ x, y, vx, vy }: Body) => ({
  x: double(x),
  y: double(y),
  vx: double(vx),
  vy: double(vy),
})

/** The user variables of a ship: its course, where it looks (`d`), whether it thrusts (`t`) and turns (`r`). */
export function variablesOf(ship: Ship): { readonly name: string; readonly value: SFSValue }[] {
  const values: Readonly<Record<string, SFSValue>> = {
    ...courseOf(ship),
    d: double(ship.heading),
    t: { type: SFSType.BOOL, value: ship.isThrusting },
    r: { type: SFSType.INT, value: ship.turn },
  }
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}

/** A shot as clients see it. */
export class ShotItem extends MmoItem {
  /** @param model  the name of its picture */
  constructor(shot: Shot, model: string) {
    super({ iType: 'weapon', iModel: model, ...courseOf(shot) })
  }
}
