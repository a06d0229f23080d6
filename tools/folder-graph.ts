/** One file and the files it imports, as paths from the root of the repository. */
export interface ModuleImports {
  readonly source: string
  readonly imports: readonly string[]
}

const START = '<!-- folder-graph:start -->'
const END = '<!-- folder-graph:end -->'

/** Folders that are drawn; files right below `server/src` see everything and would hide the rest. */
const FOLDER = /^(?:(codec|client|cli|conformance|bench)\/src\/|server\/src\/([a-z]+)\/)/

/** The imports between folders as a Mermaid diagram. */
export function folderGraph(modules: readonly ModuleImports[]): string {
  const edges = new Set<string>()
  const serverFolders = new Set<string>()
  for (const { source, imports } of modules) {
    const from = FOLDER.exec(source)
    if (from?.[2] !== undefined) serverFolders.add(from[2])
    for (const target of imports) {
      const to = targetOf(target)
      const name = from?.[1] ?? from?.[2]
      if (name !== undefined && to !== undefined && name !== to) edges.add(`  ${name} --> ${to}`)
    }
  }
  const inside = [...serverFolders].sort().map(name => `    ${name}`)
  return ['flowchart TD', '  subgraph server', ...inside, '  end', ...[...edges].sort()].join('\n')
}

/** A package that imports the server sees the whole of it. */
function targetOf(path: string): string | undefined {
  const folder = FOLDER.exec(path)
  if (folder !== null) return folder[1] ?? folder[2]
  return /^server\/src\/(index|internal)\.ts$/.test(path) ? 'server' : undefined
}

/**
 * A document with the graph between its markers.
 * @throws Error when the markers are missing
 */
export function withGraph(document: string, graph: string): string {
  const start = document.indexOf(START)
  const end = document.indexOf(END)
  if (start < 0 || end < start) throw new Error(`The markers ${START} and ${END} are missing`)
  return `${document.slice(0, start + START.length)}\n\n\`\`\`mermaid\n${graph}\n\`\`\`\n\n${document.slice(end)}`
}
