/** What came in over all WebSockets since it was put in place: messages and their bytes, without the frames. */
export class SocketMeter {
  messages = 0
  bytes = 0

  /** Counts on every WebSocket that is opened from now on. */
  watch(): void {
    const count = (bytes: number) => {
      this.messages++
      this.bytes += bytes
    }
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.addEventListener('message', ({ data }) => count(sizeOf(data)))
      }
    }
  }
}

function sizeOf(data: unknown): number {
  if (data instanceof ArrayBuffer) return data.byteLength
  return typeof data === 'string' ? new TextEncoder().encode(data).length : 0
}
