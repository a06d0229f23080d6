import type { Es3Message } from '@warren/codec/es3'

const room = {
  userCount: 2,
  isHidden: false,
  isPasswordProtected: false,
  isUpdatable: true,
  isNumbered: false,
  name: 'R',
  description: 'wddx',
  capacity: -1,
}
const zone = { userCount: 3, zone: 'Z', rooms: [room] }
const ROOM =
  '<Room Users="2" Hidden="false" PasswordProtected="false" Updatable="true" Numbered="false"><Name>R</Name><Description><![CDATA[wddx]]></Description><Capacity>-1</Capacity></Room>'
const ZONE = `<Zone Users="3"><Name>Z</Name><Rooms>${ROOM}</Rooms></Zone>`

const variables = [{ name: 'n', data: 'v' }]
const USER =
  '<User Moderator="true"><Name>N</Name><AssignedNumber>0</AssignedNumber><UserVariables><UserVariable><Name>n</Name><Data>v</Data></UserVariable></UserVariables></User>'
const MOVE =
  '<Variables><Variable><Name>Action</Name><Data>Move</Data></Variable><Variable><Name>MoveType</Name><Data>Public</Data></Variable></Variables>'

/** Messages of the server and the parameters that the ActionScript class reads. */
export const MESSAGE_TEXTS: readonly (readonly [Es3Message, string])[] = [
  [
    { name: 'ConnectionAccepted', fields: { major: 3, minor: 7, sub: 2 } },
    '<Result>Accepted</Result><Version Major="3" Minor="7" Sub="2"/>',
  ],
  [{ name: 'ConnectionDenied', fields: { reason: 'full' } }, '<Result>Denied</Result><Reason>full</Reason>'],
  [{ name: 'LoginAccepted', fields: { variables: [] } }, '<Result>Accepted</Result><Variables/>'],
  [
    { name: 'LoginDenied', fields: { reason: 'Your username is in use' } },
    '<Result>Denied</Result><Reason>Your username is in use</Reason>',
  ],
  [{ name: 'RoomList', fields: zone }, ZONE],
  [{ name: 'RoomList', fields: { ...zone, rooms: [] } }, '<Zone Users="3"><Name>Z</Name><Rooms/></Zone>'],
  [{ name: 'RoomCreated', fields: zone }, `<MinorAction>CreateRoom</MinorAction>${ZONE}`],
  [{ name: 'RoomChanged', fields: zone }, `<MinorAction>ChangeRoomDetails</MinorAction>${ZONE}`],
  [{ name: 'RoomDeleted', fields: zone }, `<MinorAction>DeleteRoom</MinorAction>${ZONE}`],
  [{ name: 'RoomsInZone', fields: zone }, ZONE],
  [{ name: 'CreateRoomFailed', fields: { reason: 't' } }, '<Result>Error</Result><Reason>t</Reason>'],
  [
    {
      name: 'RoomJoined',
      fields: { roomVariables: variables, users: [{ isModerator: true, name: 'N', number: 0, variables }] },
    },
    `<Result>Success</Result><RoomVariables><RoomVariable><Name>n</Name><Data>v</Data></RoomVariable></RoomVariables><Users>${USER}</Users>`,
  ],
  [{ name: 'JoinRoomFailed', fields: { reason: 't' } }, '<Result>Error</Result><Reason>t</Reason>'],
  [
    { name: 'UserJoined', fields: { isModerator: true, userName: 'N', number: 0, variables } },
    `<MinorAction>UserJoined</MinorAction>${USER}`,
  ],
  [
    { name: 'UserJoined', fields: { userName: 'N', variables: [] } },
    '<MinorAction>UserJoined</MinorAction><User><Name>N</Name><UserVariables/></User>',
  ],
  [
    { name: 'UserLeft', fields: { userName: 'N' } },
    '<MinorAction>UserLeft</MinorAction><User><Name>N</Name></User>',
  ],
  [
    { name: 'UsersRenumbered', fields: { users: [{ name: 'N', number: 0 }] } },
    '<Users><User><Name>N</Name><AssignedNumber>0</AssignedNumber></User></Users>',
  ],
  [
    { name: 'PublicMessage', fields: { sender: 'from', message: 'm', variables } },
    '<User>from</User><Message><![CDATA[m]]></Message><Variables><Variable><Name>n</Name><Data>v</Data></Variable></Variables>',
  ],
  [
    { name: 'PrivateMessage', fields: { sender: 'from', message: '', variables: [] } },
    '<User>from</User><Message><![CDATA[]]></Message><Variables/>',
  ],
  [
    { name: 'PublicMove', fields: { sender: 'from', message: '<wddxPacket/>', moveType: 'Public' } },
    `<User>from</User><Message><![CDATA[<wddxPacket/>]]></Message>${MOVE}`,
  ],
  [
    { name: 'PrivateMove', fields: { sender: 'from', message: '<wddxPacket/>', moveType: 'Public' } },
    `<User>from</User><Message><![CDATA[<wddxPacket/>]]></Message>${MOVE}`,
  ],
  ...(['Create', 'Update', 'Delete'] as const).map((minor): readonly [Es3Message, string] => [
    { name: `RoomVariable${minor}d`, fields: { name: 'n', data: 'v' } },
    `<MinorAction>${minor}</MinorAction><RoomVariable><Name>n</Name><Data>v</Data></RoomVariable>`,
  ]),
  [
    { name: 'UserVariableUpdated', fields: { userName: 'who', name: 'n', data: 'v' } },
    '<UserVariable><User>who</User><Name>n</Name><Data>v</Data></UserVariable>',
  ],
  [
    { name: 'UserVariableDeleted', fields: { userName: 'who', name: 'n' } },
    '<UserVariable><User>who</User><Name>n</Name></UserVariable>',
  ],
  [
    { name: 'PluginMessage', fields: { plugin: 'p', action: 'a', variables: [{ name: 'k', value: 'v' }] } },
    '<User>p</User><Message>a</Message><Variables><Variable><Name>k</Name><Value>v</Value></Variable></Variables>',
  ],
  [{ name: 'LoggedInUserCount', fields: { count: 12 } }, '<LoggedInUsers>12</LoggedInUsers>'],
  [{ name: 'ServerTime', fields: { millis: 1099526611776 } }, '<ServerTime>1099526611776</ServerTime>'],
  [
    { name: 'ConfigurationPart', fields: { count: 2, number: 1, data: '<a>' } },
    '<NumberOfPackets>2</NumberOfPackets><PacketNumber>1</PacketNumber><PacketData>&lt;a></PacketData>',
  ],
]
