import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { ManualTime } from '../../src/testing/manual-time.ts'
import { Tick } from '../../src/tick.ts'
import type { Route } from '../../src/transport/routes.ts'
import { DiskFolder, type UploadFolder } from '../../src/upload/folder.ts'
import type { UploadRefused } from '../../src/upload/refusals.ts'
import { UPLOAD_PATH, uploadRoutes } from '../../src/upload/routes.ts'
import type { UploadSettings } from '../../src/upload/settings.ts'
import type { StoredForm } from '../../src/upload/upload.ts'
import { type Uploader, Uploads } from '../../src/upload/uploads.ts'
import { openRig, type Rig } from '../transport/rig.ts'
import { FORM_TYPE } from './forms.ts'

const SETTINGS: UploadSettings = {
  enabled: true,
  maxFileBytes: 10_000,
  maxTotalBytes: 50_000,
  maxFiles: 3,
  types: ['.png', '.gif'],
  timeoutSeconds: 20,
  maxUploadsPerSession: 2,
  maxUploads: 4,
  maxFolderBytes: 1_000_000,
  keepHours: 24,
}

/** Somebody whose token is his name. */
export class FakeUploader implements Uploader {
  readonly session = {}
  readonly forms: StoredForm[] = []
  there = true
  taken = true

  isThere(): boolean {
    return this.there
  }

  hasTaker(): boolean {
    return this.taken
  }

  hand(form: StoredForm): void {
    this.forms.push(form)
  }
}

/** Uploads behind a real HTTP port; their time is moved by hand. */
export class UploadRig {
  readonly ann = new FakeUploader()
  readonly bob = new FakeUploader()
  readonly refused: UploadRefused[] = []
  readonly faults: unknown[] = []
  readonly counters = { uploads: 0, uploadedFiles: 0, uploadedBytes: 0 }
  readonly uploads: Uploads
  readonly http: Rig
  readonly #dir: string
  readonly #time: ManualTime
  readonly #tick: Tick

  private constructor(
    http: Rig,
    dir: string,
    time: ManualTime,
    settings: Partial<UploadSettings>,
    folder: UploadFolder,
  ) {
    this.http = http
    this.#dir = dir
    this.#time = time
    this.#tick = new Tick(time)
    this.uploads = new Uploads(
      { ...SETTINGS, ...settings },
      {
        clock: time,
        calendar: { date: () => Date.now() + time.now() },
        scheduler: time,
        folder,
        counters: this.counters,
        uploader: token => new Map(Object.entries({ ann: this.ann, bob: this.bob })).get(token),
        onFault: error => this.faults.push(error),
      },
    )
  }

  /** @param folderOf  makes another folder than one on the disk */
  static async open(
    t: TestContext,
    settings: Partial<UploadSettings> = {},
    folderOf: (dir: string) => UploadFolder = dir => new DiskFolder(dir),
  ): Promise<UploadRig> {
    const dir = mkdtempSync(join(tmpdir(), 'uploads-'))
    const time = new ManualTime()
    const routes: Route[] = []
    const http = await openRig('ws', {
      routes: (['POST', 'OPTIONS'] as const).map(method => ({
        method,
        path: UPLOAD_PATH,
        handle: (...exchange) => routes.find(route => route.method === method)?.handle(...exchange),
      })),
    })
    const rig = new UploadRig(http, dir, time, settings, folderOf(dir))
    const { uploads, refused } = rig
    routes.push(...uploadRoutes({ uploads, scheduler: time, onRefusal: reason => refused.push(reason) }))
    t.after(async () => {
      await uploads.stop()
      await http[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true, force: true })
    })
    return rig
  }

  get reasons(): string[] {
    return this.refused.map(({ reason }) => reason)
  }

  /** What lies in the folder. */
  get left(): string[] {
    try {
      return readdirSync(this.#dir)
    } catch {
      return []
    }
  }

  advance(seconds: number): void {
    const end = this.#time.now() + seconds * 1000
    while (this.#time.step(end, this.#tick));
  }

  url(token = 'ann'): string {
    return `http://127.0.0.1:${this.http.port}${UPLOAD_PATH}?sessHashId=${token}`
  }

  /** Sends a form as browsers do. */
  async send(
    files: Readonly<Record<string, string>>,
    { token = 'ann', type = 'image/png', headers = {} } = {},
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly answer: unknown }> {
    const body = new FormData()
    for (const [name, content] of Object.entries(files)) body.append('f', new Blob([content], { type }), name)
    const response = await fetch(this.url(token), { method: 'POST', body, headers })
    return { status: response.status, headers: response.headers, answer: await response.json() }
  }

  /** Opens a line and sends these bytes. */
  raw(...parts: readonly string[]): RawUpload {
    const socket = connect(this.http.port, '127.0.0.1')
    for (const part of parts) socket.write(part, 'latin1')
    return new RawUpload(socket)
  }

  /** The head of a request, as the tests' forms need it. */
  head(length: number, { token = 'ann', type = FORM_TYPE } = {}): string {
    return (
      `POST ${UPLOAD_PATH}?sessHashId=${token} HTTP/1.1\r\nHost: x\r\n` +
      `Content-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`
    )
  }

  /** Waits until something is so that the server does by itself. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise(resolve => setImmediate(resolve))
  }
}

/** A client that speaks HTTP by hand. */
export class RawUpload {
  readonly socket: Socket
  text = ''

  constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('latin1')
    socket.on('error', () => undefined)
    socket.on('data', text => {
      this.text += text
    })
  }

  /** Everything that came, when the server has closed the line. */
  async closed(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, 'close')
    return this.text
  }
}
