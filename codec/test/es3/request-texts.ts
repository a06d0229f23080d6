import type { Es3Request } from '@warren/codec/es3'

/** Requests and the parameters that the ActionScript class writes for them. */
export const REQUEST_TEXTS: readonly (readonly [Es3Request, string])[] = [
  [
    { name: 'Login', fields: { userName: 'Derek', password: 'p', userVariables: [] } },
    '<Name>Derek</Name><Password>p</Password><UserVariables/>',
  ],
  [
    { name: 'Login', fields: { userName: 'Derek', password: '', userVariables: [{ name: 'n', data: 'v' }] } },
    '<Name>Derek</Name><Password></Password><UserVariables><UserVariable><Name>n</Name><Data><![CDATA[v]]></Data></UserVariable></UserVariables>',
  ],
  [
    { name: 'AdminLogin', fields: { userName: 'root', password: 'p' } },
    '<Name>root</Name><Password>p</Password>',
  ],
  [{ name: 'LoadConfiguration', fields: {} }, ''],
  [{ name: 'GetLoggedInUserCount', fields: {} }, ''],
  [{ name: 'GetServerTime', fields: {} }, ''],
  [{ name: 'GetRoomsInZone', fields: { zone: 'Sports' } }, '<Zone>Sports</Zone>'],
  [
    {
      name: 'CreateRoom',
      fields: {
        zone: 'Z',
        isUpdatable: true,
        isHidden: false,
        isNumbered: false,
        hasFloodingFilter: true,
        hasUserVariables: false,
        room: 'R',
        password: 'P',
        description: 'wddx',
        capacity: -1,
        roomVariables: [],
        plugins: [],
      },
    },
    '<Zone><Name>Z</Name><Room Updatable="true" Hidden="false" Numbered="false" FloodingFilterEnabled="true" UserVariablesEnabled="false"><Name>R</Name><Password>P</Password><Description><![CDATA[wddx]]></Description><Capacity>-1</Capacity><RoomVariables/><Plugins /></Room></Zone>',
  ],
  [
    {
      name: 'CreateRoom',
      fields: {
        zone: '',
        isUpdatable: false,
        isHidden: true,
        isNumbered: true,
        hasFloodingFilter: false,
        hasUserVariables: true,
        room: 'R',
        password: '',
        description: '',
        capacity: 4,
        roomVariables: [{ isPersistent: false, isLocked: true, name: 'n', data: '<v>' }],
        plugins: [
          { name: 'p', variables: [{ name: 'k', value: 'v' }] },
          { name: 'q', variables: [] },
        ],
      },
    },
    '<Zone><Name></Name><Room Updatable="false" Hidden="true" Numbered="true" FloodingFilterEnabled="false" UserVariablesEnabled="true"><Name>R</Name><Password></Password><Description><![CDATA[]]></Description><Capacity>4</Capacity><RoomVariables><RoomVariable Persistent="false" Locked="true"><Name>n</Name><Data><![CDATA[<v>]]></Data></RoomVariable></RoomVariables><Plugins><Plugin><Name>p</Name><Variables><Variable><Name>k</Name><Value>v</Value></Variable></Variables></Plugin><Plugin><Name>q</Name><Variables /></Plugin></Plugins></Room></Zone>',
  ],
  [
    { name: 'JoinRoom', fields: { zone: 'Z', room: 'R', password: 'P', isNumbered: true } },
    '<Zone><Name>Z</Name><Room><Name>R</Name><Password>P</Password><Numbered>true</Numbered></Room></Zone>',
  ],
  [
    { name: 'ChangeDescription', fields: { description: 'wddx' } },
    '<MinorAction>ChangeDescription</MinorAction><Description><![CDATA[wddx]]></Description>',
  ],
  [
    { name: 'ChangeUpdatable', fields: { isUpdatable: false } },
    '<MinorAction>ChangeUpdatable</MinorAction><Updatable>false</Updatable>',
  ],
  [
    { name: 'ChangeVisibility', fields: { isHidden: true } },
    '<MinorAction>ChangeVisibility</MinorAction><Hidden>true</Hidden>',
  ],
  [
    { name: 'ChangeCapacity', fields: { capacity: 12 } },
    '<MinorAction>ChangeCapacity</MinorAction><Capacity>12</Capacity>',
  ],
  [
    { name: 'ChangePasswordProtected', fields: { isProtected: true, password: 'p' } },
    '<MinorAction>ChangePasswordProtected</MinorAction><IsProtected>true</IsProtected><Password>p</Password>',
  ],
  [
    { name: 'CreateRoomVariable', fields: { isPersistent: false, isLocked: false, name: 'n', data: 'v' } },
    '<RoomVariable Persistent="false" Locked="false" ><Name>n</Name><Data><![CDATA[v]]></Data></RoomVariable>',
  ],
  [
    { name: 'UpdateRoomVariable', fields: { isLocked: false, name: 'n', data: 'v' } },
    '<RoomVariable Locked="false" ><Name>n</Name><Data><![CDATA[v]]></Data></RoomVariable>',
  ],
  [{ name: 'DeleteRoomVariable', fields: { name: 'n' } }, '<RoomVariable ><Name>n</Name></RoomVariable>'],
  [
    { name: 'CreateUserVariable', fields: { name: 'n', data: 'v' } },
    '<MinorAction>Create</MinorAction><Name>n</Name><Data>v</Data>',
  ],
  [
    { name: 'UpdateUserVariable', fields: { name: 'n', data: 'v' } },
    '<MinorAction>Update</MinorAction><Name>n</Name><Data>v</Data>',
  ],
  [{ name: 'DeleteUserVariable', fields: { name: 'n' } }, '<UserVariable><Name>n</Name></UserVariable>'],
  [
    { name: 'SendPublicMessage', fields: { message: 'm', variables: [] } },
    '<Message><![CDATA[m]]></Message><Variables />',
  ],
  [
    { name: 'SendPublicMessage', fields: { message: '<m>', variables: [{ name: 'k', data: 'v' }] } },
    '<Message><![CDATA[<m>]]></Message><Variables><Variable><Name>k</Name><Data><![CDATA[v]]></Data></Variable></Variables>',
  ],
  [
    { name: 'SendPrivateMessage', fields: { recipients: ['a', 'b'], message: 'm', variables: [] } },
    '<Users><User>a</User><User>b</User></Users><Message><![CDATA[m]]></Message><Variables />',
  ],
  [
    { name: 'SendPublicMove', fields: { message: '<wddxPacket/>', moveType: 'Public' } },
    '<Message><![CDATA[<wddxPacket/>]]></Message><Variables><Variable><Name>Action</Name><Data>Move</Data></Variable><Variable><Name>MoveType</Name><Data>Public</Data></Variable></Variables>',
  ],
  [
    { name: 'SendPrivateMove', fields: { recipients: ['a'], message: '<wddxPacket/>', moveType: 'Public' } },
    '<Users><User>a</User></Users><Message><![CDATA[<wddxPacket/>]]></Message><Variables><Variable><Name>Action</Name><Data>Move</Data></Variable><Variable><Name>MoveType</Name><Data>Public</Data></Variable></Variables>',
  ],
  [
    { name: 'Kick', fields: { userName: 'u', reason: 'r' } },
    '<MinorAction>Kick</MinorAction><UserName>u</UserName><Reason>r</Reason>',
  ],
  [
    { name: 'Ban', fields: { userName: 'u', reason: 'r', expires: -1 } },
    '<MinorAction>Ban</MinorAction><UserName>u</UserName><Reason>r</Reason><Expires>-1</Expires>',
  ],
  [
    { name: 'ExecutePlugin', fields: { plugin: 'p', method: 'm', variables: [{ name: 'k', value: 'v' }] } },
    '<Plugin>p</Plugin><Method>m</Method><Variables><Variable><Name>k</Name><Value>v</Value></Variable></Variables>',
  ],
  [
    { name: 'ExecutePlugin', fields: { plugin: 'p', method: 'm', variables: [] } },
    '<Plugin>p</Plugin><Method>m</Method><Variables />',
  ],
]
