import type { UserHandler } from './context.ts'

/** [P-6.9] */
export const subscribeRoomGroup: UserHandler<'SubscribeRoomGroup'> = ({ groupId }, { user, zone }) => {
  zone.subscribe(user, groupId)
  return undefined
}

/** [P-6.9] */
export const unsubscribeRoomGroup: UserHandler<'UnsubscribeRoomGroup'> = ({ groupId }, { user, zone }) => {
  zone.unsubscribe(user, groupId)
  return undefined
}
