import { SFSObject } from '@warren/codec'
import { defineExtension, type ServerApi, t, type Zone } from '@warren/server'
import { ItemScripts } from './item-scripts.ts'

/** The stock server's scripts name variables and what becomes of them in these forms. */
const VARIABLE = /^(\w+)=SFSRoomVariable\('(\w+)',(\d+)\)$/gm
const ROOM = /zone\.getRoomByName\('([^']+)'\)/
const LIFTED_BAN = /removeBannedUser\('([^']+)','([^']+)',BanMode\.BY_NAME\)/

/** The commands that the recordings call. */
export const testExtension = defineExtension({
  requests: {
    echo: { params: t.sfsObject(), response: t.sfsObject() },
    big: { params: { n: t.preset(t.int({ min: 0 }), 0) }, response: t.sfsObject() },
    types: { response: t.sfsObject() },
    priv: { params: t.sfsObject(), response: t.sfsObject() },
    uecho: { params: t.sfsObject() },
    exec: { params: { e: t.string() } },
  },
  messages: { uecho: { x: t.int() } },
  init({ handle, send, api, zone }) {
    const items = new ItemScripts(zone, api)
    handle({
      echo: ({ params }) => params,
      big: ({ params }) => new SFSObject().putUtfString('s', 'x'.repeat(params.n)),
      types: () => SOME_TYPES,
      priv: ({ params, user }) => {
        const level = params.getInt('v')
        if (level === 0 || level === 1 || level === 2 || level === 3) api.setPrivilege(user, level)
        return params
      },
      uecho: ({ params, user }) => {
        send('uecho', { x: params.getInt('x') ?? 0 }, user, { udp: true })
      },
      exec: ({ params }) => {
        if (!items.execute(params.e)) execute(params.e, zone, api)
      },
    })
  },
})

/** Does what a script of the recordings did, for two of the things that they do. */
function execute(script: string, zone: Zone, api: ServerApi): void {
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

const SOME_TYPES = new SFSObject().putText('t', 'text').putLong('l', 1_234_567_890_123n).putNull('n')
