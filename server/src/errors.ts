/**
 * Every way a request can fail, in one table. A refusal knows its consequence, so that whoever raises it need not
 * know the wire and whoever answers it need not know the rules.
 *
 * Codes 0-42 are those that every SFS2X client has a text for [P-7]; a code is never used for a second meaning.
 */

/** What happens to the client: it is told, nothing is sent, or its line is closed. */
export type Consequence = 'reply' | 'silence' | 'close'

interface ErrorDefinition {
  /** The `ec` of the wire; -1 where no client has a code. */
  readonly code: number
  readonly consequence: Consequence
  /** The `ep` arguments in order, by name. */
  readonly args: readonly string[]
  readonly text: string
  /** The stock server says nothing here although its clients have a code; zones may ask for the same. */
  readonly stockIsSilent?: true
}

const reply = (code: number, text: string, ...args: string[]): ErrorDefinition => ({
  code,
  consequence: 'reply',
  args,
  text,
})
const silence = (text: string): ErrorDefinition => ({ code: -1, consequence: 'silence', args: [], text })

/** The table. Keys are the names that logs and metrics use. */
export const ERRORS = {
  'api-obsolete': reply(
    0,
    'the client API is older than the server supports',
    'client version',
    'required version',
  ),
  'zone-unknown': reply(1, 'the zone does not exist', 'zone'),
  'user-unknown': reply(2, 'the user name is not known', 'name'),
  'password-wrong': reply(3, 'the password is wrong', 'name'),
  'user-banned': reply(4, 'the user is banned', 'name'),
  'zone-full': reply(5, 'the zone is full', 'zone'),
  'name-taken': reply(6, 'somebody is logged in by that name', 'name', 'zone'),
  'server-full': reply(7, 'the server is full'),
  'zone-inactive': reply(8, 'the zone is not active', 'zone'),
  'name-has-bad-words': reply(9, 'the user name holds a word that is not allowed', 'name', 'filtered name'),
  'guests-refused': reply(10, 'the zone takes no guests', 'zone'),
  'address-banned': reply(11, 'the address is banned', 'address'),
  'room-exists': reply(12, 'a room of that name exists', 'room'),
  'group-unavailable': {
    ...reply(13, 'rooms cannot be made in that group', 'room', 'group'),
    stockIsSilent: true,
  },
  'room-name-length': reply(14, 'the room name is too short or too long', 'min', 'max', 'given'),
  'room-name-has-bad-words': reply(15, 'the room name holds a word that is not allowed', 'name'),
  'zone-has-no-more-rooms': reply(16, 'the zone holds as many rooms as it may'),
  'too-many-rooms-created': {
    ...reply(17, 'this user created as many rooms as he may', 'limit'),
    stockIsSilent: true,
  },
  'room-settings-invalid': {
    ...reply(18, 'a setting of the new room is not valid', 'setting'),
    stockIsSilent: true,
  },
  'already-joined': reply(19, 'the user is in that room already', 'room'),
  'room-full': reply(20, 'the room is full', 'room'),
  'room-password-wrong': reply(21, 'the room password is wrong', 'room'),
  'room-unknown': reply(22, 'the room does not exist'),
  'room-locked': reply(23, 'the room is locked', 'room'),
  'group-already-subscribed': reply(24, 'the group is subscribed already', 'group'),
  'group-unknown': reply(25, 'the group does not exist', 'group'),
  'group-not-subscribed': reply(26, 'the group is not subscribed', 'group'),
  'group-unknown-unsubscribe': { ...reply(27, 'the group does not exist', 'group'), stockIsSilent: true },
  generic: reply(28, 'the server gives its reason as text', 'text'),
  'room-rename-refused': reply(29, 'the room cannot be renamed', 'room'),
  'room-password-change-refused': reply(30, 'the password of the room cannot be changed', 'room'),
  'room-capacity-change-refused': reply(31, 'the capacity of the room cannot be changed', 'room'),
  'no-player-slot': reply(32, 'the room has no free player slot', 'room'),
  'no-spectator-slot': reply(33, 'the room has no free spectator slot', 'room'),
  'not-a-game-room': reply(34, 'the room is not a game room', 'room'),
  'not-joined': { ...reply(35, 'the user is not in that room', 'room'), stockIsSilent: true },
  'buddy-list-unavailable': {
    ...reply(36, 'the buddy list could not be loaded', 'reason'),
    stockIsSilent: true,
  },
  'buddy-list-full': reply(37, 'the buddy list is full', 'size'),
  'buddy-offline': {
    ...reply(38, 'the buddy is offline and cannot be blocked', 'name'),
    stockIsSilent: true,
  },
  'too-many-buddy-variables': {
    ...reply(39, 'there are as many buddy variables, or bytes of them, as there may be', 'limit'),
    stockIsSilent: true,
  },
  'game-access-denied': reply(40, 'the user does not match what the game asks for', 'game'),
  'no-game-found': reply(41, 'quick join found no game'),
  'invitation-invalid': reply(42, 'the invitation is unknown or has expired'),

  // No client has a code or an error event for these: the wire stays silent, the log and the metric do not.
  'request-malformed': silence('the request could not be read'),
  'request-not-supported': silence('this server does not know the request'),
  'request-out-of-turn': silence('the request needs a handshake or a login first'),
  'too-many-waiting-requests': {
    ...silence('too many requests wait behind a slow one'),
    consequence: 'close',
  },
  'encryption-differs': {
    ...silence('the line is encrypted and the zone is not, or the other way round'),
    consequence: 'close',
  },
  'room-not-joined': silence('the sender is not in that room'),
  'no-room-joined': silence('the user is in no room'),
  'message-empty': silence('the message is empty'),
  'messages-off': silence('the room takes no public messages'),
  'recipient-unknown': silence('the recipient is not in the zone'),
  'recipient-self': silence('a private message to oneself'),
  'variables-invalid': silence('a variable has no usable name or value, or there is none'),
  'variables-unchanged': silence('none of the variables may be changed that way'),
  'room-not-known': silence('there is no room of that id'),
  'invitation-too-long': silence('what goes with an invitation has more bytes than it may have'),
  'text-too-long': silence('a text is longer than other clients can be sent'),
  'rooms-are-fixed': silence('these clients make no rooms here'),
  'too-many-recipients': silence('a private message to more users than it may have'),
  'administrators-only': silence('the request is for administrators'),
  'account-unknown': silence('no administrator has that name and password'),
  'extension-unknown': silence('no extension of that name runs in the room or the zone'),
  'room-not-owned': silence('the room belongs to somebody else'),
  'room-change-off': silence('the room does not allow that change'),
  'match-invalid': silence('the match expression cannot be evaluated'),
  'request-denied': silence('the privilege profile of the user denies the request'),
  'super-user-only': silence('the request is for moderators and administrators'),
  'too-soon': silence('the same request came a moment ago'),
  'message-has-bad-words': silence('the message holds more words that are not allowed than it may'),
  flooding: silence('the user asks for that too often'),
  'command-unknown': silence('nobody answers to that extension command'),
  'params-invalid': silence('the params of an extension request do not have the shape that was declared'),
  'message-vetoed': silence('an extension keeps the message from being sent'),
  'not-an-mmo-room': silence('the room is not an MMO room'),
  'second-mmo-room': silence('the user is in another MMO room, which he does not leave'),
  'position-invalid': silence('a position has numbers of another kind than the room, or that are none'),
  'position-outside-map': silence('a position is outside of the limits of the map'),
  'no-position': silence('the sender has no position in the MMO room yet'),
  'area-invalid': silence('an area has a size that is negative or no number'),
  'too-many-invitations': silence('more invitations than may be open or sent at once'),
  'invitation-not-allowed': silence('the room takes no invitations from this user'),
  'buddy-list-not-ready': silence('the buddy list of the user was not asked for'),
  'buddy-list-unchanged': silence('the buddy list is so already'),
  'buddy-not-addable': silence('the name can be nobody, or is that of the user'),
  'buddy-unknown': silence('nobody of that name is on the buddy list'),
  'buddy-away': silence('the user or the buddy is not there, or does not want to be seen'),
  'buddy-blocked': silence('one of the two buddies blocks the other'),
  'user-leaving': silence('the user is being disconnected'),
} as const satisfies Record<string, ErrorDefinition>

/** The name of an error: a row of the table. */
export type ErrorName = keyof typeof ERRORS

/** A request that is not carried out. Thrown by domain and controllers, answered by the dispatcher. */
export class RequestError extends Error {
  readonly error: ErrorName
  /** Positional arguments, as `args` of the table names them. */
  readonly args: readonly string[]

  constructor(error: ErrorName, ...args: string[]) {
    super(args.length === 0 ? ERRORS[error].text : `${ERRORS[error].text}: ${args.join(', ')}`)
    this.name = 'RequestError'
    this.error = error
    this.args = args
  }
}
