/**
 * The bits of `PacketFlags` for use inside of the codec: unlike properties of an object, constants become plain numbers
 * where a page is built.
 */

export const BINARY = 0x80
/** The body is ciphertext. */
export const ENCRYPTED = 0x40
/** The body (once decrypted) is a zlib stream. */
export const COMPRESSED = 0x20
export const BLUE_BOXED = 0x10
export const BIG_SIZED = 0x08
