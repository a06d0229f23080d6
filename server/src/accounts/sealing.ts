import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
/** In bytes. */
const KEY_LENGTH = 32
const IV_LENGTH = 12
const TAG_LENGTH = 16
/** Characters of the digest by which a sealed text knows its key. */
const ID_LENGTH = 8

/** A sealed text that cannot be opened: its key is not there, or it was changed. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError'
}

interface Key {
  /** Tells keys apart, and nothing about them. */
  readonly id: string
  readonly bytes: Buffer
}

/**
 * The keys that encrypt passwords in the database (AES-256-GCM). The first seals, all open: a new key is put before the
 * old one, which goes when no text is left that it sealed.
 */
export class SealingKeys {
  readonly #keys: readonly [Key, ...Key[]]

  private constructor(keys: readonly [Key, ...Key[]]) {
    this.#keys = keys
  }

  /**
   * Reads keys as operators write them: 32 random bytes each, in base64 or hexadecimal, with commas between them.
   * @returns undefined when that is not what is written
   */
  static read(written: string): SealingKeys | undefined {
    const [first, ...others] = written.split(',').map(text => keyOf(text.trim()))
    if (first === undefined) return undefined
    const known = others.filter(key => key !== undefined)
    return known.length === others.length ? new SealingKeys([first, ...known]) : undefined
  }

  /**
   * Encrypts a text.
   * @param owner  whom it is about; it opens for nobody else, so that texts cannot be swapped in the database
   * @returns `key.iv.text`, the last two in base64url
   */
  seal(text: string, owner: string): string {
    const [{ id, bytes }] = this.#keys
    const iv = randomBytes(IV_LENGTH)
    const cipher = createCipheriv(CIPHER, bytes, iv, { authTagLength: TAG_LENGTH }).setAAD(Buffer.from(owner))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${id}.${iv.toString('base64url')}.${sealed.toString('base64url')}`
  }

  /** The text that was sealed for this owner. @throws UnsealError */
  open(sealed: string, owner: string): string {
    const [id = '', iv = '', text = ''] = sealed.split('.')
    const key = this.#keys.find(candidate => candidate.id === id)
    if (key === undefined) throw new UnsealError('The key that sealed this is not there')
    const bytes = Buffer.from(text, 'base64url')
    try {
      const decipher = createDecipheriv(CIPHER, key.bytes, Buffer.from(iv, 'base64url'), {
        authTagLength: TAG_LENGTH,
      }).setAAD(Buffer.from(owner))
      decipher.setAuthTag(bytes.subarray(-TAG_LENGTH))
      return decipher.update(bytes.subarray(0, -TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8')
    } catch (error) {
      throw new UnsealError('What was sealed was changed, or belongs to somebody else', { cause: error })
    }
  }
}

function keyOf(text: string): Key | undefined {
  const encoding = /^[\da-f]{64}$/i.test(text) ? 'hex' : 'base64'
  if (encoding === 'base64' && !/^[\w+/-]{43}=?$/.test(text)) return undefined
  const bytes = Buffer.from(text, encoding)
  if (bytes.length !== KEY_LENGTH) return undefined
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, ID_LENGTH), bytes }
}
