export { decodeArray, decodeObject } from './decode.ts'
export { dump } from './dump.ts'
export { encodeArray, encodeObject } from './encode.ts'
export { CodecError, type CodecReason, SFSValueError, type SFSValueReason } from './errors.ts'
export { framePacket } from './frame-packet.ts'
export { arrayFromJSON, objectFromJSON } from './from-json.ts'
export type { JsonArray, JsonObject, JsonValue } from './json.ts'
export { DEFAULT_DECODE_LIMITS, type DecodeLimits, MAX_COUNT, MAX_KEY_BYTES, MAX_NESTING } from './limits.ts'
export type { BuddyRow, BuddyVariableRow } from './messages/buddy-rows.ts'
export { decodeRequest, decodeServerMessage } from './messages/decode-message.ts'
export { encodeFailure, encodeRequest, encodeServerMessage } from './messages/encode-message.ts'
export { encodeRequestRow } from './messages/encode-request.ts'
export type { EncodedRow } from './messages/encoded-row.ts'
export type { ItemRow, ItemVariableRow } from './messages/item-rows.ts'
export type { MatchRow } from './messages/match-rows.ts'
export { Controller, type MessageData, type MessageFields, type MessageTable } from './messages/message.ts'
export type { Failure, MessageProblemKind, RequestProblem } from './messages/message-problem.ts'
export { PositionReader, type PositionVisitor } from './messages/position-reader.ts'
export {
  FURTHEST_STEP,
  MAX_DELTA_BYTES,
  PositionWriter,
  stepsOf,
  writeDelta,
} from './messages/position-writer.ts'
export {
  encodeItemRow,
  encodeProximityUpdate,
  encodeUserRow,
  type ProximityUpdate,
} from './messages/proximity.ts'
export { buddyRequests } from './messages/requests/buddies.ts'
export { gameRequests } from './messages/requests/games.ts'
export { groupRequests } from './messages/requests/groups.ts'
export { mmoRequests } from './messages/requests/mmo.ts'
export { moderationRequests } from './messages/requests/moderation.ts'
export { roomChangeRequests } from './messages/requests/room-changes.ts'
export { roomCreationRequests } from './messages/requests/room-creation.ts'
export { roomRequests } from './messages/requests/rooms.ts'
export { searchRequests } from './messages/requests/search.ts'
export { sessionRequests } from './messages/requests/session.ts'
export { talkRequests } from './messages/requests/talk.ts'
export { type Request, type RequestFields, type RequestName, requests } from './messages/requests.ts'
export {
  type RoomRow,
  type RoomVariableRow,
  type UserRow,
  type UserVariableRow,
  VariableType,
  variableTypeOf,
} from './messages/rows.ts'
export { ServerMessageReader } from './messages/server-message-reader.ts'
export { buddyMessages } from './messages/server-messages/buddies.ts'
export { groupMessages } from './messages/server-messages/groups.ts'
export { invitationMessages } from './messages/server-messages/invitations.ts'
export { mmoMessages } from './messages/server-messages/mmo.ts'
export { moderationMessages } from './messages/server-messages/moderation.ts'
export { roomChangeMessages } from './messages/server-messages/room-changes.ts'
export { roomMessages } from './messages/server-messages/rooms.ts'
export { searchMessages } from './messages/server-messages/search.ts'
export { sessionMessages } from './messages/server-messages/session.ts'
export { talkMessages } from './messages/server-messages/talk.ts'
export {
  failureActions,
  type ServerFields,
  type ServerMessage,
  type ServerMessageName,
  serverMessages,
} from './messages/server-messages.ts'
export type { CellTable, FieldData, FieldTable, ShapeData, TailData, Vec3 } from './messages/shape.ts'
export {
  decodeUdpRequest,
  encodeUdpInitReply,
  encodeUdpMessage,
  renumberUdpMessage,
  type UdpRequest,
} from './messages/udp.ts'
export { PacketFlags, readPacket } from './packet.ts'
export { PacketError, type PacketReason } from './packet-error.ts'
export { COMPRESSED as COMPRESSED_FLAG, ENCRYPTED as ENCRYPTED_FLAG } from './packet-flags.ts'
export { type PacketSink, PacketSplitter } from './packet-splitter.ts'
export {
  type Cipher,
  type Compression,
  decodePacket,
  encodePacket,
  encryptPacket,
  type PacketReadOptions,
  type PacketWriteOptions,
} from './packet-stages.ts'
export { findPath, readPath, type SFSPath, type ValueOfType } from './path.ts'
export { SFSType, type SFSTypeName } from './sfs-type.ts'
export { SFSArray, SFSObject, type SFSValue } from './sfs-values.ts'
export { sfsTypeName } from './type-names.ts'
export { typedObject, typedValue } from './typed-values.ts'
