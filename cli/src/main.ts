import { environment } from './environment.ts'
import { readSecret } from './read-secret.ts'
import { run } from './run.ts'

const ended = new Promise<void>(resolve => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
})

const code = await run(process.argv.slice(2), {
  env: environment,
  cwd: process.cwd(),
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
  readSecret,
  isTerminal: process.stderr.isTTY === true,
  ...(process.stderr.columns === undefined ? {} : { columns: process.stderr.columns }),
  ended,
})
// What a login hook left open must not keep the process.
process.exit(code)
