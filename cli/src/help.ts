import { CONFIG_VARIABLE, OPTIONS } from '@warren/server/internal'

const ROWS = [
  { flag: 'config', placeholder: 'FILE', help: 'configuration (warren.config.ts, if it is there)' },
  ...OPTIONS,
].map(({ flag, placeholder, help }) => [`--${flag} ${placeholder}`, help] as const)

const WIDTH = Math.max(...ROWS.map(([left]) => left.length)) + 2

/** What `warren --help` prints. */
export const HELP = `Usage: warren <command> [options]

Commands:
  start    run the server until SIGINT or SIGTERM
  check    print every problem of the configuration, without starting
  schema   print the JSON Schema of an extension's config.json: warren schema NAME
  account  look after accounts: warren account add|passwd|remove NAME, or list
  import   make a configuration of an SFS2X installation: warren import DIR [--out FOLDER]
  bench    load a server with bots and measure it: warren bench --help

Options of start, check, schema and account:
${ROWS.map(([left, right]) => `  ${left.padEnd(WIDTH)}${right}`).join('\n')}

A port is a number, 0 for any free one, or "off" to keep the listener closed.
Each option is an environment variable as well: ${CONFIG_VARIABLE}, ${OPTIONS.map(({ variable }) => variable).join(', ')}.
Options win over variables, variables over the file.

  --zone ZONE   whose accounts, if more than one zone has some
  --email ADDRESS, --privilege standard|moderator|administrator
                of an account that is added; its password is read from standard input
  --out FOLDER  where import writes (the working directory)
  --help, --version
`
