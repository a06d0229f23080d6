import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What a page loads for the client, at most, in bytes after gzip. */
export const MAX_BROWSER_BYTES = 20_000

/** One file of a bundle. */
export interface Part {
  readonly name: string
  /** After gzip. */
  readonly bytes: number
}

/** What a page loads that uses the client. */
export interface BrowserBundle {
  /** At once. */
  readonly main: Part
  /** Only when it is needed. */
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
        { find: '@warren/client', replacement: join(dist, 'client/index.js') },
        { find: '@warren/codec', replacement: join(dist, 'codec/index.js') },
      ],
    },
    plugins: [
      {
        name: 'page',
        resolveId: id => (id === PAGE ? `\0${PAGE}` : undefined),
        load: id =>
          id === `\0${PAGE}`
            ? "import { SmartFox } from '@warren/client'\nglobalThis.SmartFox = SmartFox"
            : undefined,
      },
    ],
    build: { write: false, modulePreload: false, rolldownOptions: { input: PAGE } },
  })
  const chunks = outputOf(built).filter(file => file.type === 'chunk')
  const atOnce = filesLoadedBy(chunks)
  const sizeOf = (chunk: Rolldown.OutputChunk) => gzipSync(chunk.code, { level: 9 }).length
  const first = chunks.filter(({ fileName }) => atOnce.has(fileName))
  return {
    main: { name: 'SmartFox', bytes: first.reduce((sum, chunk) => sum + sizeOf(chunk), 0) },
    later: chunks
      .filter(({ fileName }) => !atOnce.has(fileName))
      .map(chunk => ({ name: chunk.name, bytes: sizeOf(chunk) })),
  }
}

function outputOf(built: Awaited<ReturnType<typeof build>>): Rolldown.RolldownOutput['output'] {
  const [output] = Array.isArray(built) ? built : [built]
  if (output === undefined || !('output' in output)) throw new Error('The bundler gave no files')
  return output.output
}

/** The entry and what it imports, without what it imports when needed. */
function filesLoadedBy(chunks: readonly Rolldown.OutputChunk[]): Set<string> {
  const files = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName))
  for (const file of files) {
    for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
      files.add(imported)
  }
  return files
}
