/** An answer in the tunnel. */
export interface TunnelAnswer {
  readonly status: number
  readonly text: string
}

/** The body of a recorded request to the tunnel; nothing when it is another one. */
export function tunnelRequestBody(request: string): string | undefined {
  if (!/^(?:GET|POST) \S*\/BlueBox\/BlueBox\.do[ ?]/.test(request)) return undefined
  return request.slice(request.indexOf('\r\n\r\n') + 4)
}

/** A recorded answer, put together; nothing for the end of one in chunks. */
export function tunnelAnswer(response: string): TunnelAnswer | undefined {
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(response) ?? []
  if (status === undefined) return undefined
  const body = response.slice(response.indexOf('\r\n\r\n') + 4)
  const text = /^Transfer-Encoding: chunked$/m.test(response) ? (body.split('\r\n')[1] ?? '') : body
  return { status: Number(status), text }
}
