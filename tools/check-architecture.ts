/**
 * Checks who imports whom, and the graph of folders in ARCHITECTURE.md. With --write the graph is drawn anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { folders, forbidden } from './dependency-rules.mjs'
import { folderGraph, withGraph } from './folder-graph.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DOCUMENT = 'ARCHITECTURE.md'
const PACKAGES = ['codec', 'client', 'server', 'cli', 'conformance', 'bench', 'examples'].filter(name =>
  existsSync(`${ROOT}/${name}`),
)

const faults: string[] = []
const result = await cruisePackages()
if (typeof result === 'string')
  throw new Error('dependency-cruiser gave a text where an object was asked for')
const modules = result.modules.filter(module => PACKAGES.some(name => module.source.startsWith(`${name}/`)))

for (const folder of folders) {
  const count = modules.filter(module => module.source.startsWith(`${folder}/`)).length
  if (count === 0) faults.push(`No module was found in ${folder}: the rules would hold for nothing.`)
}
for (const { from, to, rule } of result.summary.violations) {
  const comment = forbidden.find(({ name }) => name === rule.name)?.comment ?? ''
  faults.push(`${from} -> ${to}\n  ${rule.name}: ${comment}`)
}
compareGraph()

if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exitCode = 1
} else {
  console.log(`${modules.length} modules, ${forbidden.length} rules, no violation`)
}

async function cruisePackages(): Promise<ICruiseResult | string> {
  const { output } = await cruise(PACKAGES, {
    baseDir: ROOT,
    validate: true,
    ruleSet: { forbidden },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/fixtures/', '^bench/peers/node_modules'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.mts', '.js', '.mjs'],
    },
  })
  return output
}

function compareGraph(): void {
  const path = `${ROOT}/${DOCUMENT}`
  const now = readFileSync(path, 'utf8')
  const graph = folderGraph(
    modules.map(({ source, dependencies }) => ({ source, imports: dependencies.map(to => to.resolved) })),
  )
  const wanted = withGraph(now, graph)
  if (now === wanted) return
  if (process.argv.includes('--write')) writeFileSync(path, wanted)
  else faults.push(`${DOCUMENT} draws other folders than the code has. Run: npm run generate`)
}
