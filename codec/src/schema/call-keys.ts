/** A key of a request's params: a number by which the client knows the answer again [P-4.6]. */
export const CALL_ID = '$id'
/** A key of an answer: the request failed [P-4.6]. */
export const CALL_ERROR = '$error'
