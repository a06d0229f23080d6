import { Emitter } from '../emitter.ts'
import { ByteQueue, type Endianness } from './byte-queue.ts'
import { EOFError, IOError } from './errors.ts'
import type { ByteStream, OpenStream } from './stream.ts'
import { bridgeUrl, webSocketStreams } from './websocket-stream.ts'
import type { FlashSocketOptions } from './xml-socket.ts'

/** More that nobody reads ends the connection, in bytes. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024
/** The longest text of `writeUTF`, in bytes of UTF-8. */
const MAX_UTF_BYTES = 65_535
const NO_OBJECTS = 'Objects in AMF are not supported: send JSON by writeUTF, or numbers and texts one by one.'

/** What a socket tells, by the names that Flash has for it. */
export interface SocketEvents {
  /** The connection is made. */
  connect: Record<string, never>
  /** The other side closed it, or it was lost. Not told after `close`. */
  close: Record<string, never>
  /** Bytes came, and can be read. They know nothing of how they were sent together. */
  socketData: {
    /** So many came now. */
    readonly bytesLoaded: number
  }
  /** It could not be connected. */
  ioError: { readonly error: IOError }
  /** The page may not connect there. */
  securityError: { readonly text: string }
}

/**
 * The Socket of ActionScript 3: bytes both ways, with the reads and writes of Flash. In pages it goes through the bridge
 * of a Warren server, in Node (`@warren/client/flash/node`) it is TCP. Add listeners before you connect.
 * @example
 * const socket = new Socket()
 * socket.on('connect', () => { socket.writeUTF('hello'); socket.flush() })
 * socket.on('socketData', () => {
 *   while (socket.bytesAvailable >= 8) move(socket.readInt(), socket.readInt())
 * })
 * socket.on('close', () => socket.close())
 * socket.connect('play.example.com', 9933)
 */
export class Socket extends Emitter<SocketEvents> {
  readonly #open: OpenStream
  readonly #received = new ByteQueue()
  readonly #written = new ByteQueue()
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #stream: ByteStream | undefined
  #isConnected = false

  constructor(options: FlashSocketOptions = {}, open?: OpenStream) {
    super()
    this.#open = open ?? webSocketStreams((host, port) => bridgeUrl(host, port, options.bridge))
  }

  /** Whether bytes can be sent. */
  get connected(): boolean {
    return this.#isConnected
  }

  /** Bytes that came and were not read. */
  get bytesAvailable(): number {
    return this.#received.length
  }

  /** How numbers of several bytes stand, in both directions. */
  get endian(): Endianness {
    return this.#received.endian
  }

  set endian(endian: Endianness) {
    this.#received.endian = endian
    this.#written.endian = endian
  }

  /** Begins to connect, ending an earlier connection. What became of it is an event. */
  connect(host: string, port: number): void {
    this.#forget()
    try {
      this.#stream = this.#open(host, port, {
        onOpen: () => {
          this.#isConnected = true
          this.emit('connect', {})
        },
        onBytes: chunk => this.#receive(chunk),
        onEnd: () => this.#end(host),
      })
    } catch {
      this.emit('securityError', { text: `Error #2048: ${host}:${port} cannot be reached from here.` })
    }
  }

  /** Sends what was written; without it that happens at the end of the turn. @throws IOError when not connected */
  flush(): void {
    this.#assertConnected()
    this.#send()
  }

  /** Ends the connection. What came can still be read. @throws IOError when there is none */
  close(): void {
    if (this.#stream === undefined && !this.#isConnected) {
      throw new IOError(2002, 'Operation attempted on invalid socket.')
    }
    this.#send()
    this.#drop()
  }

  /** One byte that is not 0 is true. @throws EOFError when none has come */
  readBoolean(): boolean {
    return this.readByte() !== 0
  }

  /** -128 to 127. @throws EOFError when none has come */
  readByte(): number {
    return this.#received.takeNumber(1, (view, at) => view.getInt8(at))
  }

  /** 0 to 255. @throws EOFError when none has come */
  readUnsignedByte(): number {
    return this.#received.takeNumber(1, (view, at) => view.getUint8(at))
  }

  /** Two bytes, with sign. @throws EOFError when they have not come */
  readShort(): number {
    return this.#received.takeNumber(2, (view, at, isLittle) => view.getInt16(at, isLittle))
  }

  /** Two bytes. @throws EOFError when they have not come */
  readUnsignedShort(): number {
    return this.#received.takeNumber(2, (view, at, isLittle) => view.getUint16(at, isLittle))
  }

  /** Four bytes, with sign. @throws EOFError when they have not come */
  readInt(): number {
    return this.#received.takeNumber(4, (view, at, isLittle) => view.getInt32(at, isLittle))
  }

  /** Four bytes. @throws EOFError when they have not come */
  readUnsignedInt(): number {
    return this.#received.takeNumber(4, (view, at, isLittle) => view.getUint32(at, isLittle))
  }

  /** Four bytes. @throws EOFError when they have not come */
  readFloat(): number {
    return this.#received.takeNumber(4, (view, at, isLittle) => view.getFloat32(at, isLittle))
  }

  /** Eight bytes. @throws EOFError when they have not come */
  readDouble(): number {
    return this.#received.takeNumber(8, (view, at, isLittle) => view.getFloat64(at, isLittle))
  }

  /** A text with its length in two bytes before it. @throws EOFError when it has not come whole; nothing is taken */
  readUTF(): string {
    const length = this.#received.peekUint16()
    if (this.bytesAvailable < 2 + length) throw new EOFError()
    this.#received.take(2)
    return this.readUTFBytes(length)
  }

  /** A text of so many bytes of UTF-8. @throws EOFError when they have not come */
  readUTFBytes(length: number): string {
    return this.#decoder.decode(this.#received.take(length))
  }

  /** A text of so many bytes in an encoding, as `iso-8859-1`. @throws EOFError when they have not come */
  readMultiByte(length: number, charSet: string): string {
    return new TextDecoder(charSet).decode(this.#received.take(length))
  }

  /** So many bytes; 0 or nothing for all that came. @throws EOFError when they have not come */
  readBytes(length: number = 0): Uint8Array {
    return this.#received.take(length === 0 ? this.bytesAvailable : length)
  }

  /** Not supported. @throws TypeError always */
  readObject(): never {
    throw new TypeError(NO_OBJECTS)
  }

  /** One byte. @throws IOError when not connected */
  writeBoolean(value: boolean): void {
    this.writeByte(value ? 1 : 0)
  }

  /** The low eight bits. @throws IOError when not connected */
  writeByte(value: number): void {
    this.#write(1, (view, at) => view.setInt8(at, value))
  }

  /** The low sixteen bits. @throws IOError when not connected */
  writeShort(value: number): void {
    this.#write(2, (view, at, isLittle) => view.setInt16(at, value, isLittle))
  }

  /** Four bytes, with sign. @throws IOError when not connected */
  writeInt(value: number): void {
    this.#write(4, (view, at, isLittle) => view.setInt32(at, value, isLittle))
  }

  /** Four bytes. @throws IOError when not connected */
  writeUnsignedInt(value: number): void {
    this.#write(4, (view, at, isLittle) => view.setUint32(at, value, isLittle))
  }

  /** Four bytes. @throws IOError when not connected */
  writeFloat(value: number): void {
    this.#write(4, (view, at, isLittle) => view.setFloat32(at, value, isLittle))
  }

  /** Eight bytes. @throws IOError when not connected */
  writeDouble(value: number): void {
    this.#write(8, (view, at, isLittle) => view.setFloat64(at, value, isLittle))
  }

  /** A text with its length before it. @throws RangeError beyond 65535 bytes; IOError when not connected */
  writeUTF(text: string): void {
    const bytes = this.#encoder.encode(text)
    if (bytes.length > MAX_UTF_BYTES) {
      throw new RangeError(`A text of ${bytes.length} bytes is too long for writeUTF: use writeUTFBytes`)
    }
    this.writeShort(bytes.length)
    this.writeBytes(bytes)
  }

  /** A text as it is, in UTF-8. @throws IOError when not connected */
  writeUTFBytes(text: string): void {
    this.writeBytes(this.#encoder.encode(text))
  }

  /** Bytes as they are. @throws IOError when not connected */
  writeBytes(bytes: Uint8Array): void {
    this.#assertConnected()
    this.#sendSoon()
    this.#written.push(bytes)
  }

  /** Not supported. @throws TypeError always */
  writeObject(_object: unknown): never {
    throw new TypeError(NO_OBJECTS)
  }

  #write(size: number, write: (view: DataView, at: number, isLittle: boolean) => void): void {
    this.#assertConnected()
    this.#sendSoon()
    this.#written.pushNumber(size, write)
  }

  /** What is written in one turn leaves together. */
  #sendSoon(): void {
    if (this.#written.length === 0) queueMicrotask(() => this.#send())
  }

  #send(): void {
    if (this.#written.length > 0) this.#stream?.write(this.#written.take(this.#written.length))
  }

  #receive(chunk: Uint8Array): void {
    this.#received.push(chunk)
    if (this.bytesAvailable > MAX_UNREAD_BYTES) {
      this.#drop()
      this.emit('close', {})
    } else this.emit('socketData', { bytesLoaded: chunk.length })
  }

  #end(host: string): void {
    const wasConnected = this.#isConnected
    this.#isConnected = false
    this.#written.clear()
    if (wasConnected) this.emit('close', {})
    else {
      this.#stream = undefined
      this.emit('ioError', { error: new IOError(2031, `Socket Error. URL: ${host}`) })
    }
  }

  #drop(): void {
    const stream = this.#stream
    this.#stream = undefined
    this.#isConnected = false
    this.#written.clear()
    stream?.close()
  }

  #forget(): void {
    this.#drop()
    this.#received.clear()
  }

  #assertConnected(): void {
    if (!this.#isConnected) throw new IOError(2002, 'Operation attempted on invalid socket.')
  }
}
