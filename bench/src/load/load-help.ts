import { LOAD_FLAGS } from './load-arguments.ts'
import { SCENARIOS } from './scenarios.ts'

const flags = LOAD_FLAGS.map(
  ({ flag, placeholder, help }) => [`--${flag} ${placeholder}`.trim(), help] as const,
)
const names = Object.entries(SCENARIOS).map(
  ([name, { does, clients }]) => [name, `${does} (${clients})`] as const,
)
const width = Math.max(...[...flags, ...names].map(([left]) => left.length)) + 2
const line = ([left, right]: readonly [string, string]) => `  ${left.padEnd(width)}${right}`

/** What `warren bench --help` prints. */
export const LOAD_HELP = `Usage: warren bench <scenario> [options]
       warren bench compare BEFORE.json AFTER.json [--out FILE.html]

Loads a server with bots, counts every delivery that was expected and writes a report as JSON and HTML.

Scenarios, and how many bots do them:
${names.map(line).join('\n')}

Options:
${flags.map(line).join('\n')}

Against a server that you did not start for this, its limits for one address have to be raised, and its word and
flood filters be off: they would do their work on the bots. Load no server that is not yours.

The exit code is 0 when everything came once and in order, 1 when not, 2 when the command line makes no sense.
`
