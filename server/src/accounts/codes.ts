import { createHash, randomInt } from 'node:crypto'

/** Without letters and digits that are taken for each other. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
/** 16 of 30 signs are 78 bits: nobody guesses them, so a plain digest is enough. */
const GROUPS = 4
const GROUP_CHARS = 4

/** What a code that was sent by mail is good for. */
export type CodePurpose = 'confirm' | 'recover'

/** A new code, as a person types it: `K7QF-…`, four groups. */
export function newCode(): string {
  const group = () => Array.from({ length: GROUP_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** What is kept of a code; case, spaces and hyphens of who types it do not matter. */
export function digestOfCode(purpose: CodePurpose, code: string): string {
  const plain = code.toUpperCase().replaceAll(/[\s-]/g, '')
  return createHash('sha256').update(`${purpose}\n${plain}`, 'utf8').digest('hex')
}
