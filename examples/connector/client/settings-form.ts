import type { ClientConfig, FullConfig } from '@warren/client'
import { byId, element } from './dom.ts'

/** The zone that a server without zone files has. */
const ZONE = 'BasicExamples'

/** Where to connect to: the fields, and the file that fills them in. */
export class SettingsForm {
  readonly #host = byId('host', HTMLInputElement)
  readonly #port = byId('port', HTMLInputElement)
  readonly #zone = byId('zone', HTMLInputElement)
  readonly #secure = byId('secure', HTMLInputElement)
  readonly #file = byId('file', HTMLInputElement)
  readonly #values = byId('values', HTMLElement)

  /** At first the server that the page came from. */
  constructor() {
    const isSecure = location.protocol === 'https:'
    this.#host.value = location.hostname
    this.#port.value = location.port || (isSecure ? '443' : '80')
    this.#zone.value = ZONE
    this.#secure.checked = isSecure
  }

  /** The name of the configuration file. */
  get file(): string {
    return this.#file.value.trim()
  }

  get config(): ClientConfig {
    return {
      host: this.#host.value.trim(),
      port: this.#port.valueAsNumber,
      zone: this.#zone.value.trim(),
      useSSL: this.#secure.checked,
    }
  }

  /** Takes over what a file says, and shows it. A page has no TCP: its port is that of the WebSocket. */
  fill(config: FullConfig): void {
    this.#host.value = config.host
    this.#port.value = String(config.useSSL ? config.httpsPort : config.httpPort)
    this.#zone.value = config.zone
    this.#secure.checked = config.useSSL
    this.#values.replaceChildren(
      ...Object.entries(config).flatMap(([name, value]) => [
        element('dt', '', name),
        element('dd', '', value === undefined || value === '' ? '–' : String(value)),
      ]),
    )
    this.#values.hidden = false
  }

  /** While there is a connection the fields say what it is to. */
  lock(isLocked: boolean): void {
    for (const field of [this.#host, this.#port, this.#zone, this.#secure]) field.disabled = isLocked
    byId('load', HTMLButtonElement).disabled = isLocked
  }
}
