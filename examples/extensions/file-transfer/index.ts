import { defineExtension, type Extension, refuseCall, t, type User } from '@warren/server'
import { type AbortReason, fileTransfer, MAX_CHUNK_BYTES } from './contract.ts'
import { Transfer } from './transfer.ts'

const config = {
  maxBytes: t.preset(t.int({ min: 0 }), 10_485_760),
  chunkBytes: t.preset(t.int({ min: 1, max: MAX_CHUNK_BYTES }), 16_384),
  /** What may be under way to a receiver for each file, and hence wait in the server for a slow one. */
  windowBytes: t.preset(t.int({ min: 1, max: 1_048_576 }), 65_536),
  /** Files that one user may send and receive at a time. */
  maxPerUser: t.preset(t.int({ min: 1, max: 100 }), 4),
  /** A transfer of which nobody says anything so long is over. */
  quietSeconds: t.preset(t.int({ min: 1, max: 3600 }), 60),
}

type FileTransfer = Extension<
  typeof fileTransfer.requests,
  typeof fileTransfer.messages,
  'zone',
  typeof config
>

/** All transfers, and the number of the next one. */
interface State {
  readonly transfers: Map<number, Transfer>
  nextId: number
}

/** Sends files from one user to another, in parts. The server keeps none of them. */
export default defineExtension({
  ...fileTransfer,
  config,
  init: extension => serve(extension, { transfers: new Map(), nextId: 1 }),
  // What is under way goes on.
  reload: (extension, state: State) => serve(extension, state),
})

function serve({ zone, config, metrics, handle, on, schedule, send }: FileTransfer, state: State): State {
  const { transfers } = state
  const files = metrics.counter('files_total', 'Files that arrived whole.')
  const bytesSent = metrics.counter('bytes_total', 'Bytes of files that were passed on.')
  const aborted = metrics.counter('aborted_total', 'Transfers that ended before their end.')

  handle({
    offer({ user, params: { to, name, size } }) {
      const receiver = zone.userByName(to)
      if (receiver === undefined || receiver === user || receiver.isNpc) {
        refuseCall('user-unknown', `There is nobody else called ${to}`)
      }
      if (size > config.maxBytes) refuseCall('too-large', `A file has at most ${config.maxBytes} bytes`)
      for (const side of [user, receiver]) {
        if (transfersOf(side).length >= config.maxPerUser) {
          refuseCall('too-many', `${side.name} has ${config.maxPerUser} files under way`)
        }
      }
      const id = state.nextId++
      transfers.set(id, new Transfer(id, user, receiver, { name, size }))
      send('offered', { id, from: user.name, name, size }, receiver)
      return { id, chunkBytes: config.chunkBytes, windowBytes: config.windowBytes }
    },

    accept({ user, params }) {
      const transfer = transferOf(params.id, user, 'receiver')
      transfer.accept()
      send('accepted', { id: transfer.id }, transfer.sender)
      endIfDone(transfer)
    },

    refuse({ user, params }) {
      const { id, isAccepted, sender } = transferOf(params.id, user, 'receiver')
      if (isAccepted) refuseCall('accepted-before', 'The file was accepted; abort ends it')
      transfers.delete(id)
      send('refused', { id }, sender)
    },

    chunk({ user, params: { id, offset, data } }) {
      const transfer = transferOf(id, user, 'sender')
      transfer.send(offset, data.length, config)
      bytesSent.add(data.length)
      send('chunk', { id, offset, data }, transfer.receiver)
    },

    acknowledge({ user, params: { id, bytes } }) {
      const transfer = transferOf(id, user, 'receiver')
      transfer.acknowledge(bytes)
      send('progress', { id, bytes, size: transfer.size }, transfer.sender)
      endIfDone(transfer)
    },

    abort({ user, params }) {
      const transfer = transferOf(params.id, user)
      abort(transfer, user === transfer.sender ? 'sender-aborted' : 'receiver-aborted')
    },
  })

  for (const event of ['userLogout', 'userDisconnect'] as const) {
    on(event, ({ user }) => {
      for (const transfer of transfersOf(user)) {
        abort(transfer, user === transfer.sender ? 'sender-left' : 'receiver-left')
      }
    })
  }

  schedule.every(1000, () => {
    for (const transfer of transfers.values()) {
      if (++transfer.quietSeconds >= config.quietSeconds) abort(transfer, 'timeout')
    }
  })

  function transfersOf(user: User): Transfer[] {
    return [...transfers.values()].filter(transfer => transfer.concerns(user))
  }

  /** The transfer, if it is this user's. Of others nobody learns that they exist. */
  function transferOf(id: number, user: User, role?: 'sender' | 'receiver'): Transfer {
    const transfer = transfers.get(id)
    const isTheirs = role === undefined ? transfer?.concerns(user) : transfer?.[role] === user
    if (transfer === undefined || isTheirs !== true) {
      return refuseCall('transfer-unknown', `You have no transfer ${id} to do that with`)
    }
    transfer.quietSeconds = 0
    return transfer
  }

  function endIfDone(transfer: Transfer): void {
    if (!transfer.isDone) return
    transfers.delete(transfer.id)
    files.add()
    send('done', { id: transfer.id }, [transfer.sender, transfer.receiver])
  }

  function abort({ id, sender, receiver }: Transfer, reason: AbortReason): void {
    transfers.delete(id)
    aborted.add()
    // Who has left is not in the zone any more and hears nothing.
    send('aborted', { id, reason }, [sender, receiver])
  }

  return state
}
