import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { writeDeclarations } from './declarations.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What is built for publishing, each after what it imports. */
export const PUBLISHED = ['codec', 'client'] as const

/** The folder name of a package that is built. */
export type PublishedName = (typeof PUBLISHED)[number]

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly description: string
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

/**
 * Builds packages as they are published: ES modules, declarations, and a `package.json` that names them instead of
 * the sources.
 * @param out  gets a folder for each package; what was in those before is gone
 */
export async function buildPackages(out: string): Promise<void> {
  for (const name of PUBLISHED) rmSync(join(out, name), { recursive: true, force: true })
  for (const name of PUBLISHED) {
    const manifest = JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8')) as Manifest
    await buildModules(name, manifest, join(out, name))
    writeManifest(manifest, join(out, name))
    for (const file of ['LICENSE', `${name}/README.md`]) {
      const from = join(ROOT, file)
      if (existsSync(from)) copyFileSync(from, join(out, name, file.replace(/^.*\//, '')))
    }
  }
  writeDeclarations(PUBLISHED, out)
}

/**
 * Packs what was built, as `npm install` takes it: a folder would be linked, and find no other package from where it is.
 * @param out  where `buildPackages` put the packages; the files come there as well
 * @returns the files
 */
export function packPackages(out: string): readonly string[] {
  const folders = PUBLISHED.map(name => `./${name}`)
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', ...folders], {
    cwd: out,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The packages could not be packed:\n${stderr}`)
  return (JSON.parse(stdout) as { readonly filename: string }[]).map(({ filename }) => join(out, filename))
}

/** `./src/schema/index.ts` of the exports is built as `schema.js`, the main entry as `index.js`. */
function entryName(exported: string): string {
  return exported === '.' ? 'index' : exported.slice('./'.length)
}

async function buildModules(name: string, manifest: Manifest, outDir: string): Promise<void> {
  const entries = Object.entries(manifest.exports)
  await build({
    configFile: false,
    root: join(ROOT, name),
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      sourcemap: true,
      // Who uses the package minifies it together with the rest.
      minify: false,
      lib: {
        entry: Object.fromEntries(entries.map(([path, file]) => [entryName(path), join(ROOT, name, file)])),
        formats: ['es'],
      },
      rolldownOptions: {
        external: /^[^./]/,
        // One file for each source: bundlers leave out whole files, and seldom parts of one.
        output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
      },
    },
  })
}

function writeManifest(manifest: Manifest, folder: string): void {
  const { name, version, license, description, dependencies } = manifest
  const exports = Object.entries(manifest.exports).map(([path, source]) => [
    path,
    {
      types: source.replace('/src/', '/types/').replace(/\.ts$/, '.d.ts'),
      default: `./${entryName(path)}.js`,
    },
  ])
  const published = {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    exports: Object.fromEntries(exports),
    dependencies,
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`)
}
