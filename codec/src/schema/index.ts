/** Shapes of messages between clients and extensions. */
export { CALL_ERROR, CALL_ID } from './call-keys.ts'
export {
  type AnswerOf,
  type Body,
  type BodyCodec,
  type BodyInputs,
  type BodyValues,
  bodyCodec,
  type CallFailure,
  type CallParamsOf,
  type CommandOf,
  type Contract,
  defineContract,
  type Messages,
  type Nothing,
  type ParamsOf,
  type RequestOf,
  type RequestSpec,
  type Requests,
  type ResponseOf,
  type SharedContract,
} from './contract.ts'
export { type Fields, type InputsOf, ObjectShape, type ValuesOf } from './objects.ts'
export { type Infer, type InferInput, type JsonSchema, Shape, ShapeError } from './shape.ts'
export { t } from './t.ts'
