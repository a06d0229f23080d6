import { SFSObject } from '@warren/codec'
import type { Room } from '../../domain/room.ts'
import { RequestError } from '../../errors.ts'
import type { Es3UserHandler } from './context.ts'
import { paramsOf } from './texts.ts'

/** A plugin is an extension by its name: of the user's room, else of the zone. A method is one of its requests. */
export const executePlugin: Es3UserHandler<'ExecutePlugin'> = (
  { plugin, method, variables },
  { user, zone },
  { extensions },
) => {
  if (!user.mayCallExtensions) throw new RequestError('request-denied')
  const room = zone.lastJoinedRoom(user)
  const place = hasPlugin(room?.extensions, plugin)
    ? { room }
    : hasPlugin(zone.settings.extensions, plugin)
      ? { room: undefined }
      : undefined
  if (place === undefined) throw new RequestError('extension-unknown')
  const params = paramsOf(variables.map(({ name, value }) => ({ name, text: value }))) ?? new SFSObject()
  const request = {
    command: method,
    params,
    user,
    zone,
    ...place,
    overUdp: false,
    extension: plugin,
    hasTexts: true,
  }
  return extensions.request(request)?.then(() => undefined)
}

function hasPlugin(extensions: Room['extensions'] | undefined, name: string): boolean {
  return extensions?.some(extension => extension.name === name) ?? false
}
