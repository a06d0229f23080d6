import type { SFSObject } from '@warren/codec'
import { type CallFailure, ShapeError } from '@warren/codec/schema'
import type { User } from '../domain/user.ts'
import { RequestError } from '../errors.ts'
import { failureObject, hasCallId, markAnswer } from './call-error.ts'
import { FAILED, failureOf, STOPPED } from './call-failure.ts'
import type { Guard } from './guard.ts'
import type { ExtensionRequest } from './port.ts'
import type { Answerer, RequestTable } from './request-table.ts'
import { typedParams } from './text-params.ts'

type Emit = (command: string, params: SFSObject, recipients: Iterable<User>) => void

/** Brings the requests of clients to the handlers of one extension, and what they return back [P-4.6]. */
export class Answers {
  readonly #requests: RequestTable
  readonly #guard: Guard
  readonly #emit: Emit

  constructor(requests: RequestTable, guard: Guard, emit: Emit) {
    this.#requests = requests
    this.#guard = guard
    this.#emit = emit
  }

  /**
   * Answers a request.
   * @returns a promise that never rejects while the answer takes time
   * @throws RequestError command-unknown, params-invalid
   */
  request(request: ExtensionRequest, isStopped: boolean): Promise<void> | undefined {
    const { command, user, overUdp } = request
    const answerer = this.#requests.find(command)
    if (answerer === undefined) throw new RequestError('command-unknown')
    const { handle, name, label } = answerer
    if (isStopped || handle === undefined) {
      this.#fail(request, answerer, STOPPED)
      return undefined
    }
    const params = this.#paramsOf(request, answerer)
    // Names are kept for as long as the server runs, so a client must not make them up.
    const options = name === command ? undefined : { fields: { command } }
    try {
      const answer = this.#guard.run(label, () => handle({ command, user, params, overUdp }), options)
      if (answer instanceof Promise) {
        return answer.then(
          value => this.#answer(request, answerer, value),
          error => this.#fail(request, answerer, failureOf(error)),
        )
      }
      this.#answer(request, answerer, answer)
    } catch (error) {
      this.#fail(request, answerer, failureOf(error))
    }
    return undefined
  }

  #paramsOf(request: ExtensionRequest, { params, spec }: Answerer): never {
    const given = request.hasTexts === true ? typedParams(request.params, spec.params) : request.params
    try {
      return params.read(given) as never
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error
      this.#tell(request, { code: 'invalid-params', message: error.message, path: error.path })
      throw new RequestError('params-invalid', request.command, error.message)
    }
  }

  /** Never throws: an answer that does not fit, or that no message can hold, is a fault of the extension. */
  #answer(request: ExtensionRequest, { name, spec, response }: Answerer, value: unknown): void {
    const { command, params, user } = request
    if (spec.response === undefined && !hasCallId(params)) return
    try {
      // What a handler returns that has no answer means nothing.
      const answer = response.write(spec.response === undefined ? {} : value)
      this.#emit(command, markAnswer(answer, params), [user])
    } catch (error) {
      this.#guard.runAlone(`answer ${name}`, () => {
        throw error
      })
      this.#tell(request, FAILED)
    }
  }

  /** Only who waits for an answer is told; a refusal with a reason is always told. */
  #fail(request: ExtensionRequest, { spec }: Answerer, failure: CallFailure): void {
    const waits = spec.response !== undefined || hasCallId(request.params)
    if (waits || failure !== FAILED) this.#tell(request, failure)
  }

  #tell(request: ExtensionRequest, failure: CallFailure): void {
    this.#emit(request.command, markAnswer(failureObject(failure), request.params), [request.user])
  }
}
