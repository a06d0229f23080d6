import { defineContract, t } from '@warren/codec/schema'

/** The largest chunk that any server takes; each says in its answer to `offer` what it takes itself. */
export const MAX_CHUNK_BYTES = 65_536

/** Why a transfer ended before its end. */
export const ABORT_REASONS = [
  'sender-aborted',
  'receiver-aborted',
  'sender-left',
  'receiver-left',
  'timeout',
] as const

const id = t.int({ min: 1 })
/** A name and no path, and none that is hidden on some systems. */
const fileName = t.string({ minLength: 1, maxLength: 120, pattern: /^(?!\.)[^/\\:\p{Cc}]+$/u })
const size = t.int({ min: 0 })
const ofTransfer = { params: { id } }

/** What clients and the extension say to each other. Clients may import this file. */
export const fileTransfer = defineContract({
  requests: {
    /**
     * Offers a file to another user. Refused with `user-unknown`, `too-large`, `too-many`. After `accepted` the
     * sender may send chunks of `chunkBytes`, as long as no more than `windowBytes` wait to be acknowledged.
     */
    offer: {
      params: { to: t.string(), name: fileName, size },
      response: { id, chunkBytes: t.int(), windowBytes: t.int() },
    },
    /** The receiver takes the file. */
    accept: ofTransfer,
    /** The receiver does not want it. */
    refuse: ofTransfer,
    /** The next part of the file. Refused with `not-accepted`, `out-of-order`, `window-full`, `too-large`. */
    chunk: { params: { id, offset: size, data: t.bytes({ maxLength: MAX_CHUNK_BYTES }) } },
    /** The receiver has so many bytes from the start; the sender may send as many more. */
    acknowledge: { params: { id, bytes: size } },
    /** Either side gives up. */
    abort: ofTransfer,
  },
  messages: {
    /** For the receiver, who answers with `accept` or `refuse`. */
    offered: { id, from: t.string(), name: fileName, size },
    /** For the sender. */
    accepted: { id },
    refused: { id },
    /** For the receiver, in order and without gaps. */
    chunk: { id, offset: size, data: t.bytes() },
    /** For the sender: so many bytes have arrived. */
    progress: { id, bytes: size, size },
    /** For both: the whole file is there. */
    done: { id },
    /** For both: there will be no more of it. */
    aborted: { id, reason: t.oneOf(...ABORT_REASONS) },
  },
})

/** Why a transfer ended before its end. */
export type AbortReason = (typeof ABORT_REASONS)[number]
