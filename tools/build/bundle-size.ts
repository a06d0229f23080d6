import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What a page loads for the client, at most, in bytes after gzip. */
export const MAX_BROWSER_BYTES = 20_000

/** Parts that a page can do without. What is loaded later and by every page weighs as much as what is loaded at once. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'bluebox-by-fetch',
  'buddies',
  'config-file',
  'extension-calls',
  'inflate',
  'lag-monitor',
  'mmo',
  'password',
  'rare-parts',
  'refusals',
])

/** One file of a bundle. */
export interface Part {
  readonly name: string
  /** After gzip. */
  readonly bytes: number
}

/** What a page loads that uses the client. */
export interface BrowserBundle {
  /** What every page needs: to have the client, and to connect. */
  readonly main: Part
  /** What only some need, when they do. */
  readonly later: readonly Part[]
}

const PAGE = 'virtual:page'

/**
 * Bundles a page that does nothing but have the client, as users do: from the built packages, minified.
 * @param dist  where `buildPackages` put them
 */
export async function browserBundle(dist: string): Promise<BrowserBundle> {
  const built = await build({
    configFile: false,
    root: join(ROOT, 'client'),
    logLevel: 'warn',
    resolve: {
      alias: [
        { find: /^@warren\/(\w+)$/, replacement: join(dist, '$1/index.js') },
        { find: /^@warren\/(\w+)\/(\w+)$/, replacement: join(dist, '$1/$2.js') },
      ],
    },
    plugins: [
      {
        name: 'page',
        resolveId: id => (id.endsWith(PAGE) ? `\0${PAGE}` : undefined),
        load: id =>
          id === `\0${PAGE}`
            ? "import { SmartFox } from '@warren/client'\nglobalThis.SmartFox = SmartFox"
            : undefined,
      },
    ],
    build: {
      write: false,
      // As a library, so that what Vite adds to a page of its own is not weighed.
      lib: { entry: PAGE, formats: ['es'] },
      // Nobody imports a page: what is loaded at once is one file, from which the parts of later take what they share.
      rolldownOptions: { preserveEntrySignatures: false, output: { minify: true, comments: false } },
    },
  })
  const chunks = outputOf(built).filter(file => file.type === 'chunk')
  const needed = filesNeeded(chunks)
  const isNeeded = ({ fileName }: Rolldown.OutputChunk) => needed.has(fileName)
  const sizeOf = (chunk: Rolldown.OutputChunk) => gzipSync(chunk.code, { level: 9 }).length
  return {
    main: {
      name: 'SmartFox',
      bytes: chunks.filter(isNeeded).reduce((sum, chunk) => sum + sizeOf(chunk), 0),
    },
    later: chunks
      .filter(chunk => !isNeeded(chunk))
      .map(chunk => ({ name: chunk.name, bytes: sizeOf(chunk) })),
  }
}

function outputOf(built: Awaited<ReturnType<typeof build>>): Rolldown.RolldownOutput['output'] {
  const [output] = Array.isArray(built) ? built : [built]
  if (output === undefined || !('output' in output)) throw new Error('The bundler gave no files')
  return output.output
}

/** The entry and what it imports, at once or later, but for the optional parts. */
function filesNeeded(chunks: readonly Rolldown.OutputChunk[]): Set<string> {
  const files = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName))
  for (const file of files) {
    const chunk = chunks.find(({ fileName }) => fileName === file)
    for (const imported of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) {
      const { name } = chunks.find(({ fileName }) => fileName === imported) ?? {}
      if (name !== undefined && !OPTIONAL.has(name)) files.add(imported)
    }
  }
  return files
}
