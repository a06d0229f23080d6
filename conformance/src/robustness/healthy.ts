import assert from 'node:assert/strict'
import type { Player, Scene, Transport } from '../target/scene.ts'

/** Somebody who has nothing to do with what goes wrong elsewhere, and must not feel it. */
export class Bystander {
  readonly #player: Player
  #said = 0

  private constructor(player: Player) {
    this.#player = player
  }

  static async in(scene: Scene, name = 'Bystander', transport: Transport = 'tcp'): Promise<Bystander> {
    return new Bystander(await scene.member('BH0', name, 'AllPerm', transport))
  }

  /** Talks, and hears himself: the server serves him. */
  async assertServed(): Promise<void> {
    const message = `still here ${this.#said++}`
    this.#player.client.request('PublicMessage', { roomId: this.#player.rooms.get('AllPerm') ?? -1, message })
    const heard = await this.#player.client.find('PublicMessage', ({ userId }) => userId === this.#player.id)
    assert.equal(heard.message, message)
  }
}
