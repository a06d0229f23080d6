import { registerHooks } from 'node:module'

/** The query by which one version of a module is told from the next. */
const VERSION = 'warren'

let latest = 0
let isHooked = false

/**
 * The URL of a module as its file is now: Node keeps what it has loaded, so each version needs a URL of its own. What
 * the module imports by relative paths gets the same version.
 */
export function versioned(url: string): string {
  hook()
  latest++
  return `${url}?${VERSION}=${latest}`
}

/** Passes the version of a module on to the modules beside it. */
function hook(): void {
  if (isHooked) return
  isHooked = true
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      const parent = context.parentURL
      if (parent === undefined || !specifier.startsWith('.')) return resolved
      const version = new URL(parent).searchParams.get(VERSION)
      if (version === null || !resolved.url.startsWith('file:')) return resolved
      const url = new URL(resolved.url)
      url.searchParams.set(VERSION, version)
      return { ...resolved, url: url.href }
    },
  })
}
