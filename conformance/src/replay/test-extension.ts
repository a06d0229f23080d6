import { SFSArray, SFSObject } from '@warren/codec'
import type { TestServer } from '@warren/server/internal'

type Api = TestServer['core']['api']
type Zone = ReturnType<Api['zone']>

/** The stock server's scripts name variables and what becomes of them in these forms. */
const VARIABLE = /^(\w+)=SFSRoomVariable\('(\w+)',(\d+)\)$/gm
const ROOM = /zone\.getRoomByName\('([^']+)'\)/
const LIFTED_BAN = /removeBannedUser\('([^']+)','([^']+)',BanMode\.BY_NAME\)/

/** Gives every zone the commands that the recordings call, on the API that host programs have. */
export function installTestExtension(api: Api): void {
  for (const zone of api.zones) {
    api.onRequest(zone, 'echo', ({ params, answer }) => answer(params))
    api.onRequest(zone, 'uecho', ({ params, answer }) => {
      const echo = new SFSObject().putInt('x', params.getInt('x') ?? 0)
      answer(echo, 'uecho', { udp: true })
    })
    api.onRequest(zone, 'big', ({ params, answer }) => answer(ofLength(params.getInt('n') ?? 0)))
    api.onRequest(zone, 'types', ({ answer }) => answer(oneOfEach()))
    api.onRequest(zone, 'priv', ({ params, user, answer }) => {
      const level = params.getInt('v')
      if (level === 0 || level === 1 || level === 2 || level === 3) api.setPrivilege(user, level)
      answer(params)
    })
    api.onRequest(zone, 'exec', ({ params }) => execute(params.getUtfString('e') ?? '', zone, api))
  }
}

/** Does what a script of the recordings did, for the two things that they do. */
function execute(script: string, zone: Zone, api: Api): void {
  const ban = LIFTED_BAN.exec(script)
  if (ban !== null) api.unban({ by: 'name', name: ban[1] ?? '', zone: ban[2] ?? '' })
  const room = zone.roomByName(ROOM.exec(script)?.[1] ?? '')
  if (room === undefined) return
  api.setRoomVariables(
    zone,
    room,
    Array.from(script.matchAll(VARIABLE), ([, variable, name = '', value]) => ({
      name,
      value: Number(value),
      isGlobal: script.includes(`${variable}.setGlobal(True)`),
      isHidden: script.includes(`${variable}.setHidden(True)`),
    })),
  )
}

function ofLength(count: number): SFSObject {
  return new SFSObject().putUtfString('s', 'x'.repeat(count))
}

function oneOfEach(): SFSObject {
  return new SFSObject()
    .putNull('null')
    .putBool('bool', true)
    .putByte('byte', -5)
    .putShort('short', 300)
    .putInt('int', 70_000)
    .putLong('long', 1n << 40n)
    .putFloat('float', 1.5)
    .putDouble('double', 2.25)
    .putUtfString('string', 'é')
    .putText('text', 'long text')
    .putSFSArray('array', new SFSArray().addInt(1))
    .putSFSObject('object', new SFSObject().putInt('x', 1))
}
