/** Why a session ended: the server said so, this end did, or the line was lost for good. */
export type EndReason = 'idle' | 'kick' | 'ban' | 'manual' | 'unknown'
