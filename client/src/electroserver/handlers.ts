import { type ElectroServerEvents, type ElectroServerListener, EventSource } from './events.ts'

/** A function that is assigned to an event, or nothing. */
type Handler<N extends keyof ElectroServerEvents> = ElectroServerListener<N> | undefined

/** The functions that may be assigned, one for each event. */
export abstract class EventHandlers extends EventSource {
  /** See {@link ElectroServerEvents.onConnection}. */
  declare onConnection?: Handler<'onConnection'>
  /** See {@link ElectroServerEvents.connectionClosed}. */
  declare connectionClosed?: Handler<'connectionClosed'>
  /** See {@link ElectroServerEvents.loggedIn}. */
  declare loggedIn?: Handler<'loggedIn'>
  /** See {@link ElectroServerEvents.roomJoined}. */
  declare roomJoined?: Handler<'roomJoined'>
  /** See {@link ElectroServerEvents.roomCreated}. */
  declare roomCreated?: Handler<'roomCreated'>
  /** See {@link ElectroServerEvents.roomListUpdated}. */
  declare roomListUpdated?: Handler<'roomListUpdated'>
  /** See {@link ElectroServerEvents.zoneChanged}. */
  declare zoneChanged?: Handler<'zoneChanged'>
  /** See {@link ElectroServerEvents.zoneUpdated}. */
  declare zoneUpdated?: Handler<'zoneUpdated'>
  /** See {@link ElectroServerEvents.userListUpdated}. */
  declare userListUpdated?: Handler<'userListUpdated'>
  /** See {@link ElectroServerEvents.usersRenumbered}. */
  declare usersRenumbered?: Handler<'usersRenumbered'>
  /** See {@link ElectroServerEvents.messageReceived}. */
  declare messageReceived?: Handler<'messageReceived'>
  /** See {@link ElectroServerEvents.moveReceived}. */
  declare moveReceived?: Handler<'moveReceived'>
  /** See {@link ElectroServerEvents.roomVariablesUpdated}. */
  declare roomVariablesUpdated?: Handler<'roomVariablesUpdated'>
  /** See {@link ElectroServerEvents.userVariableUpdated}. */
  declare userVariableUpdated?: Handler<'userVariableUpdated'>
  /** See {@link ElectroServerEvents.pluginMessageReceived}. */
  declare pluginMessageReceived?: Handler<'pluginMessageReceived'>
  /** See {@link ElectroServerEvents.onRoomsInZoneLoaded}. */
  declare onRoomsInZoneLoaded?: Handler<'onRoomsInZoneLoaded'>
  /** See {@link ElectroServerEvents.configurationLoaded}. */
  declare configurationLoaded?: Handler<'configurationLoaded'>
  /** See {@link ElectroServerEvents.loggedInUserCountUpdated}. */
  declare loggedInUserCountUpdated?: Handler<'loggedInUserCountUpdated'>
  /** See {@link ElectroServerEvents.onGetServerTime}. */
  declare onGetServerTime?: Handler<'onGetServerTime'>
  /** See {@link ElectroServerEvents.challengeReceived}. */
  declare challengeReceived?: Handler<'challengeReceived'>
  /** See {@link ElectroServerEvents.challengeDeclined}. */
  declare challengeDeclined?: Handler<'challengeDeclined'>
  /** See {@link ElectroServerEvents.challengeCancelled}. */
  declare challengeCancelled?: Handler<'challengeCancelled'>
  /** See {@link ElectroServerEvents.challengeAccepted}. */
  declare challengeAccepted?: Handler<'challengeAccepted'>
  /** See {@link ElectroServerEvents.allZonesLoaded}. */
  declare allZonesLoaded?: Handler<'allZonesLoaded'>
  /** See {@link ElectroServerEvents.buddyLoggedIn}. */
  declare buddyLoggedIn?: Handler<'buddyLoggedIn'>
  /** See {@link ElectroServerEvents.buddyLoggedOut}. */
  declare buddyLoggedOut?: Handler<'buddyLoggedOut'>
  /** See {@link ElectroServerEvents.buddyListLoaded}. */
  declare buddyListLoaded?: Handler<'buddyListLoaded'>
  /** See {@link ElectroServerEvents.rawMessageReceived}. */
  declare rawMessageReceived?: Handler<'rawMessageReceived'>
  /** See {@link ElectroServerEvents.userLocationLoaded}. */
  declare userLocationLoaded?: Handler<'userLocationLoaded'>
  /** See {@link ElectroServerEvents.usersInRoomLoaded}. */
  declare usersInRoomLoaded?: Handler<'usersInRoomLoaded'>
  /** See {@link ElectroServerEvents.adminLoggedIn}. */
  declare adminLoggedIn?: Handler<'adminLoggedIn'>
  /** See {@link ElectroServerEvents.requestFailed}. */
  declare requestFailed?: Handler<'requestFailed'>
  /** See {@link ElectroServerEvents.moderated}. */
  declare moderated?: Handler<'moderated'>
  /** The name that `onConnection` had in ActionScript 1. */
  declare onConnect?: Handler<'onConnection'>
  /** The name that `connectionClosed` had in ActionScript 1. */
  declare onClose?: Handler<'connectionClosed'>
}
