import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Told of each file that a version imports, by its path. */
export type OnImport = (path: string) => void

/** The query by which one version of a module is told from the next. */
const VERSION = 'warren'

let latest = 0
let isHooked = false
/** Who wants to know what a version imports. Node keeps every version, so they are no more than modules. */
const listeners = new Map<string, OnImport>()

/**
 * The URL of a module as its file is now: Node keeps what it has loaded, so each version needs a URL of its own. What
 * the module imports by relative paths gets the same version.
 */
export function versioned(url: string, onImport?: OnImport): string {
  hook()
  latest++
  if (onImport !== undefined) listeners.set(String(latest), onImport)
  return `${url}?${VERSION}=${latest}`
}

/**
 * Passes the version of a module on to the modules beside it. Warren's own packages are those of the running server,
 * so that an extension needs no installation of its own and never meets a second copy of them.
 */
function hook(): void {
  if (isHooked) return
  isHooked = true
  registerHooks({
    resolve(specifier, context, next) {
      const version = versionOf(context.parentURL)
      if (version === null) return next(specifier, context)
      if (specifier.startsWith('@warren/')) return next(specifier, { ...context, parentURL: import.meta.url })
      const resolved = next(specifier, context)
      if (!specifier.startsWith('.') || !resolved.url.startsWith('file:')) return resolved
      const url = new URL(resolved.url)
      listeners.get(version)?.(fileURLToPath(url))
      url.searchParams.set(VERSION, version)
      return { ...resolved, url: url.href }
    },
  })
}

function versionOf(url: string | undefined): string | null {
  return url?.startsWith('file:') === true ? new URL(url).searchParams.get(VERSION) : null
}
