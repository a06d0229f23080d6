import { parentPort, workerData } from 'node:worker_threads'
import type { BatchRequest } from './messages.ts'
import { SqliteFile } from './sqlite-file.ts'

const { path } = workerData as { readonly path: string }
const file = new SqliteFile(path)

parentPort?.on('message', (request: BatchRequest | 'close') => {
  if (request !== 'close') {
    parentPort?.postMessage(file.run(request))
    return
  }
  file.close()
  parentPort?.close()
})
