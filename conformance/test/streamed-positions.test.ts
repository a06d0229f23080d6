import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SmartFox } from '@warren/client'
import { loggedIn } from '../src/clients/arrivals.ts'
import { Scene } from '../src/target/scene.ts'
import { isRemote } from '../src/target/target.ts'

const OWN = { skip: isRemote() && 'no stock server streams positions' }
/** After everything that was told has been played. */
const LATER = 60_000

async function walker(t: TestContext, { target }: Scene, name: string): Promise<SmartFox> {
  const sfs = new SmartFox({ ...target.http, zone: 'BH0' })
  t.after(() => sfs.disconnect())
  await sfs.connect()
  await sfs.login(name)
  return sfs
}

/** Waits until a client sees somebody somewhere. */
async function seen(sfs: SmartFox, name: string, x: number, y: number): Promise<void> {
  for (;;) {
    const user = sfs.user(name)
    const place = user && sfs.lastJoinedRoom?.positionOf(user, performance.now() + LATER)
    if (place?.x === x && place.y === y) return
    await sfs.next('positionsUpdate')
  }
}

test(
  'clients see each other walk in a room that streams positions, and a stock client sees them come [P-13]',
  OWN,
  async t => {
    const scene = await Scene.open(t)
    const ann = await walker(t, scene, 'Ann')
    const settings = {
      name: 'Field',
      defaultAOI: { x: 50, y: 50 },
      positionStep: 0.5,
      proximityListUpdateMillis: 20,
    }
    await ann.createRoom({ ...settings, defaultAOI: { x: 50, y: 50, kind: 'float' } }, { join: true })
    const bob = await walker(t, scene, 'Bob')
    await bob.join('Field')
    const stock = await loggedIn(scene, 'Stock')
    stock.send(new stock.SFS2X.JoinRoomRequest('Field'))
    await stock.expect('roomJoin')
    stock.send(new stock.SFS2X.SetUserPositionRequest(new stock.SFS2X.Vec3D(1.5, 1.5, 0, true)))
    ann.setUserPosition({ x: 0, y: 0 })
    bob.setUserPosition({ x: 7.25, y: -3 })
    await seen(ann, 'Bob', 7.5, -3)
    await seen(ann, 'Stock', 1.5, 1.5)
    for (let x = 8; x <= 12; x++) bob.setUserPosition({ x, y: 40 })
    await seen(ann, 'Bob', 12, 40)
    await seen(bob, 'Ann', 0, 0)
    await stock.find('proximityListUpdate')
    assert.deepEqual(stock.complaints, [])
  },
)
