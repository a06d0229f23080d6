import type { CallName } from './call.ts'
import type { FrameSink } from './framing.ts'
import type { Address, Line, ReadBuffer } from './line.ts'
import { SocketLine } from './socket-line.ts'
import { TunnelLine } from './tunnel-line.ts'

/** What a client of one kind of server has to say to become a member of the one room, and how it chats. */
export interface Dialect {
  /** Connects and logs in. */
  open(target: Target, buffer: ReadBuffer): Promise<Member>
  /**
   * Enters the room. Resolves when the server has confirmed it.
   * @param room  its name, where there is more than the one of the benchmark
   * @returns its id; 0 where messages name no room
   */
  join(member: Member, room?: string): Promise<number>
  /** A chat message as it is written to the line, framed but not masked. */
  messageFrame(payload: Uint8Array, webSocket: boolean, roomId: number): Uint8Array
  /** A request whose answer comes to its sender alone, as it is written to the line; only where sessions idle. */
  pingFrame?(webSocket: boolean): Uint8Array
  /** Whether a frame is the answer to that. */
  isPong?(frame: Frame, webSocket: boolean): boolean
  /** A call that is answered to its caller alone, framed but not masked; only where calls are compared. */
  callFrame?(line: Line, call: CallName, payload: Uint8Array, webSocket: boolean): Uint8Array
  /** A frame that is no chat message. */
  other(line: Line, bytes: Uint8Array, start: number, end: number): void
}

/** Names of the wire dialects that the generator speaks. */
export type DialectName = 'plain' | 'sfs2x' | 'es3' | 'calls' | 'colyseus' | 'socketio'

/** A server to load. */
export interface Target {
  readonly dialect: DialectName
  readonly host: string
  readonly port: number
  readonly webSocket: boolean
  /** By the HTTP tunnel of SFS2X. */
  readonly isTunnel?: boolean
  /** The zone to log in to, where servers have zones; left out, that of the benchmark. */
  readonly zone?: string
  /** Begins the names of the users; left out, the server finds names where it can. */
  readonly userPrefix?: string
}

/** A line that is being set up, with what it has been sent so far. */
export interface Member {
  readonly line: Line
  readonly inbox: Inbox
}

/** Connects a line whose frames go to an inbox. */
export async function openMember(address: Address, buffer: ReadBuffer): Promise<Member> {
  const inbox = new Inbox()
  const line: Line = address.isTunnel
    ? await TunnelLine.open(address, inbox)
    : await SocketLine.open(address, buffer, inbox)
  line.onClose = reason => inbox.fail(reason)
  return { line, inbox }
}

/** A copy of a frame. */
export interface Frame {
  readonly kind: number
  readonly bytes: Uint8Array
}

/** Keeps frames until somebody asks for one. Only for setting up. */
export class Inbox implements FrameSink {
  #frames: Frame[] = []
  #failed: string | undefined
  #wanted:
    | { matches: (frame: Frame) => boolean; done: (frame: Frame) => void; fail: (e: Error) => void }
    | undefined

  frame(bytes: Uint8Array, start: number, end: number, kind: number): void {
    const frame = { kind, bytes: bytes.slice(start, end) }
    const wanted = this.#wanted
    if (!wanted) {
      this.#frames.push(frame)
    } else if (wanted.matches(frame)) {
      this.#wanted = undefined
      wanted.done(frame)
    }
  }

  /** The first frame that matches; those before it are thrown away. */
  take(matches: (frame: Frame) => boolean): Promise<Frame> {
    const frames = this.#frames
    this.#frames = []
    const at = frames.findIndex(matches)
    const found = frames[at]
    if (found) {
      this.#frames = frames.slice(at + 1)
      return Promise.resolve(found)
    }
    if (this.#failed !== undefined) return Promise.reject(new Error(this.#failed))
    return new Promise((done, fail) => {
      this.#wanted = { matches, done, fail }
    })
  }

  fail(reason: string): void {
    this.#failed = reason
    this.#wanted?.fail(new Error(reason))
    this.#wanted = undefined
  }
}
