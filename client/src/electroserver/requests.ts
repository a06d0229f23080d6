import { ElectroConnection } from './connection.ts'
import type { StringVariables } from './model.ts'
import { type WddxValue, writeWddx } from './wddx.ts'

/** Requests that are no more than their packet. */
export abstract class ElectroRequests extends ElectroConnection {
  /** Logs in; `loggedIn` tells whether the name was free. */
  login(name: string, password: string = ''): void {
    this.username = name
    this.password = password
    this.send({ name: 'Login', fields: { userName: name, password, userVariables: [] } })
  }

  /** Logs in as administrator; `adminLoggedIn` tells whether that was accepted. */
  adminLogin(name: string, password: string = ''): void {
    this.send({ name: 'AdminLogin', fields: { userName: name, password } })
  }

  /** Asks for the configuration, after `adminLogin`: `configurationLoaded`. */
  loadConfiguration(): void {
    this.send({ name: 'LoadConfiguration', fields: {} })
  }

  /**
   * Says something to the room, oneself included: `messageReceived`.
   * @example
   * es.sendMessage('public', 'Hello world!')
   */
  sendMessage(type: 'public' | 'all', message: string, variables?: StringVariables): void
  /**
   * Says something to one user, or several.
   * @example
   * es.sendMessage('private', 'Hello Derek!', 'Derek')
   */
  sendMessage(
    type: 'private',
    message: string,
    users: string | readonly string[],
    variables?: StringVariables,
  ): void
  sendMessage(
    type: 'public' | 'all' | 'private',
    message: string,
    usersOrVariables: string | readonly string[] | StringVariables = {},
    moreVariables: StringVariables = {},
  ): void {
    const recipients = recipientsOf(usersOrVariables)
    if (type !== 'private') {
      const variables = rowsOf(recipients === undefined ? (usersOrVariables as StringVariables) : {})
      this.send({ name: 'SendPublicMessage', fields: { message, variables } })
    } else {
      const fields = { recipients: recipients ?? [], message, variables: rowsOf(moreVariables) }
      this.send({ name: 'SendPrivateMessage', fields })
    }
  }

  /**
   * Sends a move of a game: any value that WDDX can hold.
   * @throws TypeError for a value that it cannot
   * @example
   * es.sendMove('all', { from: 'e2', to: 'e4' })
   */
  sendMove(to: 'all' | readonly string[], ob: WddxValue): void {
    const message = writeWddx(ob)
    if (to === 'all') this.send({ name: 'SendPublicMove', fields: { message, moveType: 'Public' } })
    else this.send({ name: 'SendPrivateMove', fields: { recipients: to, message, moveType: 'Public' } })
  }

  /** Leaves the room without entering another. Not of the original class. */
  leaveRoom(): void {
    this.send({ name: 'LeaveRoom', fields: {} })
  }

  /** Asks for the rooms of a zone: `onRoomsInZoneLoaded`. */
  getRoomsInZone(zone: string): void {
    this.send({ name: 'GetRoomsInZone', fields: { zone } })
  }

  /** Takes a room variable away: `roomVariablesUpdated`. */
  deleteRoomVariable(name: string): void {
    this.send({ name: 'DeleteRoomVariable', fields: { name } })
  }

  /** Makes a variable of one's own: `userVariableUpdated`. */
  createUserVariable(name: string, data: string): void {
    this.send({ name: 'CreateUserVariable', fields: { name, data } })
  }

  /** Changes a variable of one's own: `userVariableUpdated`. */
  updateUserVariable(name: string, data: string): void {
    this.send({ name: 'UpdateUserVariable', fields: { name, data } })
  }

  /** Takes a variable of one's own away: `userVariableUpdated`. */
  deleteUserVariable(name: string): void {
    this.send({ name: 'DeleteUserVariable', fields: { name } })
  }

  /** Throws a user out, as a moderator. */
  kick(name: string, reason: string = ''): void {
    this.send({ name: 'Kick', fields: { userName: name, reason } })
  }

  /** Throws a user out and keeps him out, as a moderator. @param expires  in minutes; -1: never */
  ban(name: string, reason: string = '', expires: number = -1): void {
    this.send({ name: 'Ban', fields: { userName: name, reason, expires } })
  }

  /** Asks a plugin for something: `pluginMessageReceived`. */
  pluginRequest(plugin: string, method: string, params: StringVariables = {}): void {
    const variables = Object.entries(params).map(([name, value]) => ({ name, value: String(value) }))
    this.send({ name: 'ExecutePlugin', fields: { plugin, method, variables } })
  }

  /** Asks how many users there are: `loggedInUserCountUpdated`. */
  getLoggedInUserCount(): void {
    this.send({ name: 'GetLoggedInUserCount', fields: {} })
  }

  /** Asks for the time: `onGetServerTime`. */
  getServerTime(): void {
    this.send({ name: 'GetServerTime', fields: {} })
  }

  /** Says yes to a challenge. Not of the original class. */
  acceptChallenge(who: string): void {
    this.sendMove([who], { action: 'challengeaccepted' })
  }

  /** Says no to a challenge. */
  sendDecline(who: string): void {
    this.sendMove([who], { action: 'decline' })
  }

  /** Says no to a challenge for the user, who may be busy. */
  sendAutoDecline(who: string): void {
    this.sendMove([who], { action: 'autodecline' })
  }

  /** Makes a user one's buddy: `buddyLoggedIn` and `buddyLoggedOut` tell of him. */
  addBuddy(name: string): void {
    this.send({ name: 'AddBuddy', fields: { name } })
  }

  /** Is no longer told of a user. */
  removeBuddy(name: string): void {
    this.send({ name: 'RemoveBuddy', fields: { name } })
  }

  /** Asks for one's buddies: `buddyListLoaded`. */
  getBuddyList(): void {
    this.send({ name: 'GetBuddyList', fields: {} })
  }

  /** Asks for the zones: `allZonesLoaded`. */
  getAllZones(): void {
    this.send({ name: 'GetAllZones', fields: {} })
  }

  /** Asks where a user is: `userLocationLoaded`. */
  getUserLocation(name: string): void {
    this.send({ name: 'GetUserLocation', fields: { name } })
  }
}

function recipientsOf(value: string | readonly string[] | StringVariables): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? (value as readonly string[]) : undefined
}

function rowsOf(variables: StringVariables): { readonly name: string; readonly data: string }[] {
  return Object.entries(variables).map(([name, data]) => ({ name, data: String(data) }))
}
