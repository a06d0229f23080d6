import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import type { Route } from '../transport/routes.ts'
import { fileRoute, folderRoute, redirectRoute } from './static-files.ts'

/** An example that the home page links to. */
export interface Example {
  readonly title: string
  readonly description: string
  /** Where its page is. */
  readonly path: string
}

/** The folders below `folder` that have a page, `public/index.html`. */
export function findExamples(folder: string): { readonly examples: Example[]; readonly routes: Route[] } {
  const examples: Example[] = []
  const routes: Route[] = []
  for (const name of readdirSync(folder).sort()) {
    const example = join(folder, name)
    const manifestFile = join(example, 'package.json')
    if (!existsSync(manifestFile) || !existsSync(join(example, 'public', 'index.html'))) continue
    const manifest = readManifest(manifestFile)
    const path = `/examples/${name}/`
    examples.push({
      title: manifest.displayName ?? titleOf(name),
      description: manifest.description ?? '',
      path,
    })
    routes.push(
      redirectRoute(path.slice(0, -1), path),
      folderRoute(path, join(example, 'public')),
      ...sourceRoutes(path, example),
      ...packageRoutes(path, manifestFile, Object.keys(manifest.dependencies ?? {})),
    )
  }
  return { examples, routes }
}

interface Manifest {
  /** What the example is called, where that does not follow from the name of its folder. */
  readonly displayName?: string
  readonly description?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
}

/** What a page may load from beside its `public` folder: its code in TypeScript, and what it shares with an extension. */
function sourceRoutes(path: string, example: string): Route[] {
  const contract = join(example, 'contract.ts')
  const folders = ['client', 'common'].filter(name => existsSync(join(example, name)))
  return [
    ...folders.map(name => folderRoute(`${path}${name}/`, join(example, name))),
    ...(existsSync(contract) ? [fileRoute(`${path}contract.ts`, contract)] : []),
  ]
}

/**
 * The packages that an example depends on, as installed: `packages/<name>.js` beside its page, or for a package in
 * TypeScript the folder of its entry, `packages/<name>/`, and beside it what it depends on itself, as whole packages.
 */
function packageRoutes(path: string, manifestFile: string, packages: readonly string[]): Route[] {
  const { resolve } = createRequire(manifestFile)
  const sources = new Map<string, Route>()
  const scripts = packages.flatMap(name => {
    const entry = resolve(name)
    if (extname(entry) !== '.ts') return [fileRoute(`${path}packages/${name}.js`, entry)]
    addSources(sources, path, name, manifestFile)
    return []
  })
  return [...scripts, ...sources.values()]
}

/** A package in TypeScript and everything that it depends on, each once. */
function addSources(routes: Map<string, Route>, path: string, name: string, manifestFile: string): void {
  if (routes.has(name)) return
  const folder = packageFolder(name, dirname(manifestFile))
  if (folder === undefined) throw new Error(`${manifestFile} asks for ${name}, which is not installed`)
  const ownManifest = join(folder, 'package.json')
  const { exports, dependencies = {} } = readManifest(ownManifest)
  const entry = exports?.['.']
  const isSource = typeof entry === 'string' && extname(entry) === '.ts'
  routes.set(name, folderRoute(`${path}packages/${name}/`, isSource ? join(folder, dirname(entry)) : folder))
  for (const other of Object.keys(dependencies)) addSources(routes, path, other, ownManifest)
}

/** Where a package is installed for those in a folder; its links followed. */
function packageFolder(name: string, from: string): string | undefined {
  const folder = join(from, 'node_modules', name)
  if (existsSync(folder)) return realpathSync(folder)
  return from === dirname(from) ? undefined : packageFolder(name, dirname(from))
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest
}

/** `my-game` is called `My game`. */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
