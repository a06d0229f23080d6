export { decodeArray, decodeObject } from './decode.ts'
export { encodeArray, encodeObject } from './encode.ts'
export {
  CodecError,
  type CodecReason,
  PacketError,
  type PacketReason,
  SFSValueError,
  type SFSValueReason,
} from './errors.ts'
export { arrayFromJSON, objectFromJSON } from './from-json.ts'
export type { JsonArray, JsonObject, JsonValue } from './json.ts'
export { DEFAULT_DECODE_LIMITS, type DecodeLimits, MAX_COUNT, MAX_KEY_BYTES, MAX_NESTING } from './limits.ts'
export {
  decodeRequest,
  decodeServerMessage,
  type Failure,
  type MessageProblemKind,
  type RequestProblem,
} from './messages/decode-message.ts'
export { encodeFailure, encodeRequest, encodeServerMessage } from './messages/encode-message.ts'
export type { EncodedRow } from './messages/encoded-row.ts'
export { Controller, type MessageData } from './messages/message.ts'
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
export { type Request, type RequestFields, type RequestName, requests } from './messages/requests.ts'
export {
  type BuddyRow,
  type BuddyVariableRow,
  type ItemRow,
  type ItemVariableRow,
  type MatchRow,
  type RoomRow,
  type RoomVariableRow,
  type UserRow,
  type UserVariableRow,
  VariableType,
  variableTypeOf,
} from './messages/rows.ts'
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
export { framePacket, PacketFlags, readPacket } from './packet.ts'
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
export { SFSType, type SFSTypeName, sfsTypeName } from './sfs-type.ts'
export { SFSArray, SFSObject, type SFSValue } from './sfs-values.ts'
