/** The XML protocol of ElectroServer 3. */

export { PacketError } from '../packet-error.ts'
export { type ClassAttributes, type ClassValue, classView } from './class-view.ts'
export { designedMessages } from './designed-messages.ts'
export { designedRequests } from './designed-requests.ts'
export { childOf, type Element, type XmlNode } from './element.ts'
export { Es3Error, type Es3Problem, type Es3ProblemKind } from './errors.ts'
export { encodeFrame, frameText } from './frame-text.ts'
export { cdataSection, escapeText } from './markup.ts'
export { foundMessages } from './messages.ts'
export { type FrameSink, NulSplitter } from './nul-splitter.ts'
export type { PacketShape } from './packet-shape.ts'
export {
  type Es3Message,
  type Es3MessageFields,
  type Es3MessageName,
  type Es3Request,
  type Es3RequestFields,
  type Es3RequestName,
  es3Messages,
  es3Requests,
  readMessage,
  readRequest,
  renderMessage,
  renderRequest,
} from './packets.ts'
export { DEFAULT_ES3_LIMITS, type Es3Limits, readXml, readXmlNodes } from './read-xml.ts'
export { foundRequests } from './requests.ts'
