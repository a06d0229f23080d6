import type { CallFailure } from '@warren/codec/schema'
import { RequestError } from '../errors.ts'
import { CallError } from './call-error.ts'
import { ExtensionStopped, HandlerTimeout } from './guard.ts'

/** Says no more than that something went wrong. */
export const FAILED: CallFailure = { code: 'failed', message: 'The server failed to answer' }

export const STOPPED: CallFailure = { code: 'stopped', message: 'The extension has stopped' }

/** What a client is told of an error of its handler. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof CallError) return { code: error.code, message: error.message }
  if (error instanceof RequestError) return { code: error.error, message: error.message }
  if (error instanceof ExtensionStopped) return STOPPED
  if (error instanceof HandlerTimeout) {
    return { code: 'timeout', message: 'The server took too long to answer' }
  }
  return FAILED
}
