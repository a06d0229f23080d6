/** Which certificates are trusted, beside those that Node trusts. */
export interface TlsTrust {
  /** Certificates of authorities, as PEM text. A certificate that signed itself is its own authority. */
  readonly ca?: string | string[]
  /** `false` trusts every certificate, and so everybody in between: for development only. Default `true`. */
  readonly rejectUnauthorized?: boolean
}
