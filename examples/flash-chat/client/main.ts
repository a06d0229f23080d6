import { Chat } from './chat.ts'
import { noMovie, playMovie } from './movie.ts'
import { tell } from './screens.ts'

/** What the page wants to know of the server. */
interface Status {
  readonly listening: { readonly electro?: number }
}

const response = await fetch('/status.json')
const { listening }: Status = await response.json()
if (listening.electro === undefined) {
  const reason = 'This server has no listener for ElectroServer clients: set listen.electro.'
  tell(reason)
  noMovie(reason)
} else {
  new Chat().connect()
  await playMovie(listening.electro).catch((error: Error) => noMovie(`There is no movie: ${error.message}`))
}
