import { defineExtension } from '@warren/server'
import { contract } from './contract.ts'
import { Game } from './game.ts'

/**
 * Tic-tac-toe for the two players of a game room, with spectators. The server knows the board and whose turn it is;
 * what is out of turn, or on a cell that is taken, is not heard.
 */
export default defineExtension({
  level: 'room',
  ...contract,

  init(extension) {
    const game = new Game(extension)
    extension.handle({
      ready: ({ user }) => game.ready(user),
      move: ({ user, params }) => game.move(user, params.x, params.y),
      restart: ({ user }) => game.ready(user),
    })
    for (const event of ['userLeaveRoom', 'userLogout', 'userDisconnect', 'playerToSpectator'] as const) {
      extension.on(event, () => game.stopWithoutPlayers())
    }
    extension.on('spectatorToPlayer', ({ user }) => game.ready(user))
  },
})
