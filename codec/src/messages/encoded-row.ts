/** The bytes of a row, type code included; what goes into several messages is encoded once and copied. */
export class EncodedRow {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}
