import type { Session } from './session.ts'

/** So many keys are tried for one packet. A client that is not found asks again. */
const MAX_KEYS_TRIED = 32

/**
 * Finds the session whose key opens a packet that does not say whose it is.
 * @param keyed  sessions with a key; those that were tried in vain are put last, so that others have their turn
 * @param candidates  which of them may be meant, the likeliest first
 */
export function findByKey(
  keyed: Set<Session>,
  candidates: readonly ((session: Session) => boolean)[],
  opens: (session: Session) => boolean,
): Session | undefined {
  const tried: Session[] = []
  const found = search(keyed, candidates, opens, tried)
  for (const session of tried) {
    keyed.delete(session)
    keyed.add(session)
  }
  return found
}

function search(
  keyed: ReadonlySet<Session>,
  candidates: readonly ((session: Session) => boolean)[],
  opens: (session: Session) => boolean,
  tried: Session[],
): Session | undefined {
  for (const isCandidate of candidates) {
    for (const session of keyed) {
      if (!isCandidate(session)) continue
      if (tried.length === MAX_KEYS_TRIED) return undefined
      if (opens(session)) return session
      tried.push(session)
    }
  }
  return undefined
}
