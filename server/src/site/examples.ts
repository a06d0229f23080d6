import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
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
    const manifestFile = join(folder, name, 'package.json')
    const page = join(folder, name, 'public', 'index.html')
    if (!existsSync(manifestFile) || !existsSync(page)) continue
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest
    const path = `/examples/${name}/`
    examples.push({ title: titleOf(name), description: manifest.description ?? '', path })
    routes.push(
      redirectRoute(path.slice(0, -1), path),
      folderRoute(path, join(folder, name, 'public')),
      ...packageRoutes(path, manifestFile, Object.keys(manifest.dependencies ?? {})),
    )
  }
  return { examples, routes }
}

interface Manifest {
  readonly description?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The packages that an example depends on, as installed: `packages/<name>.js` beside its page. */
function packageRoutes(path: string, manifestFile: string, packages: readonly string[]): Route[] {
  const { resolve } = createRequire(manifestFile)
  return packages.map(name => fileRoute(`${path}packages/${name}.js`, resolve(name)))
}

/** `my-game` is called `My game`. */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
