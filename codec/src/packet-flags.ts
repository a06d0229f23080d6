/** Bits of a packet's header byte [P-1.1.2]. Constants of their own become plain numbers where a page is built. */

/** Set on all genuine traffic. */
export const BINARY = 0x80
/** The body is ciphertext. */
export const ENCRYPTED = 0x40
/** The body (once decrypted) is a zlib stream. */
export const COMPRESSED = 0x20
/** Came through the HTTP tunnel; has no meaning for the reader. */
export const BLUE_BOXED = 0x10
/** The length field has 32 bits rather than 16. */
export const BIG_SIZED = 0x08
