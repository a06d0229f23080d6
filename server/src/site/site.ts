import { fileURLToPath } from 'node:url'
import type { ServerStatus } from '../status.ts'
import type { Route } from '../transport/routes.ts'
import { findExamples } from './examples.ts'
import { fileRoute, folderRoute, jsonRoute } from './static-files.ts'

const PUBLIC = fileURLToPath(new URL('public', import.meta.url))

export interface SiteOptions {
  status(): ServerStatus
  /** Folder of the examples; none are served when undefined. */
  readonly examplesDir: string | undefined
}

/** The home page, what it shows, and the examples that it links to. */
export function siteRoutes({ status, examplesDir }: SiteOptions): Route[] {
  const { examples, routes } =
    examplesDir === undefined ? { examples: [], routes: [] } : findExamples(examplesDir)
  return [
    fileRoute('/', `${PUBLIC}/index.html`),
    fileRoute('/favicon.ico', `${PUBLIC}/mark.svg`),
    folderRoute('/site/', PUBLIC),
    jsonRoute('/status.json', () => ({ ...status(), examples })),
    ...routes,
  ]
}
