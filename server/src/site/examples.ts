import { existsSync, readdirSync, readFileSync } from 'node:fs'
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
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest
    const path = `/examples/${name}/`
    examples.push({ title: titleOf(name), description: manifest.description ?? '', path })
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
  readonly description?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What a page may load from beside its `public` folder: its code in TypeScript, and what it shares with an extension. */
function sourceRoutes(path: string, example: string): Route[] {
  const client = join(example, 'client')
  const contract = join(example, 'contract.ts')
  return [
    ...(existsSync(client) ? [folderRoute(`${path}client/`, client)] : []),
    ...(existsSync(contract) ? [fileRoute(`${path}contract.ts`, contract)] : []),
  ]
}

/**
 * The packages that an example depends on, as installed: `packages/<name>.js` beside its page, or for a package in
 * TypeScript the folder of its entry, `packages/<name>/`.
 */
function packageRoutes(path: string, manifestFile: string, packages: readonly string[]): Route[] {
  const { resolve } = createRequire(manifestFile)
  return packages.map(name => {
    const entry = resolve(name)
    return extname(entry) === '.ts'
      ? folderRoute(`${path}packages/${name}/`, dirname(entry))
      : fileRoute(`${path}packages/${name}.js`, entry)
  })
}

/** `my-game` is called `My game`. */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
