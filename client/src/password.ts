import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The MD5 of a text in lower-case hexadecimal, for servers that keep passwords in that form.
 * @example
 * await sfs.login('Ann', { password: md5Password('secret') })
 */
export function md5Password(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text)))
}

/** What proves to a server that the client knows a password [P-8.1.1]. */
export function passwordProof(token: string, password: string): string {
  return md5Password(token + password)
}
